/**
 * From what people wrote to what a request meets: definitions in, one immutable
 * {@link io.meridian.edge.core.bundle.Bundle} out, or every problem at once.
 *
 * <p>All strings a request would have to look at twice become indices, arrays or encoded bytes here, off the way of any
 * request.
 */
@NullMarked
package io.meridian.edge.core.bundle;

import org.jspecify.annotations.NullMarked;
