/**
 * The service as it is shipped, in a process of its own, under load while something breaks: its Redis, the wire to it, its disk, the host
 * of its bundles, its callers. {@code FaultMatrixTest} crosses the kinds of fault with the moments they come; every cell can be run again
 * from one number.
 */
@NullMarked
package io.meridian.edge.faults;

import org.jspecify.annotations.NullMarked;
