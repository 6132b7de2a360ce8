/** What tests of several packages need: a Redis client without any cleverness, and a wire that can be watched and broken. */
@NullMarked
package io.meridian.edge.testing;

import org.jspecify.annotations.NullMarked;
