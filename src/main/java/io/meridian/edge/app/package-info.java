/**
 * Where the parts are put together: configuration, checks before the first request, the order of starting, readiness. The only
 * package, with {@code cli}, that sees both core and every adapter.
 */
@NullMarked
package io.meridian.edge.app;

import org.jspecify.annotations.NullMarked;
