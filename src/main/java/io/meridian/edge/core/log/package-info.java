/** What is kept of every decision: enough to audit, nothing personal. */
@NullMarked
package io.meridian.edge.core.log;

import org.jspecify.annotations.NullMarked;
