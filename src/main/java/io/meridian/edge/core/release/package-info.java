/**
 * Who may make what change live: what a bundle says of itself, who signed it, and whether an edge takes it.
 *
 * <p>Which signatures a bundle needs follows from what it changes of the configuration that is active, never from what the bundle
 * says of itself. So a market's people can change their market and nothing else, two markets never overwrite each other, and nobody
 * releases alone. Everything here is a function of its arguments: reading archives and signatures is an adapter's, the clock and the
 * record of what was active before are the caller's.
 */
@NullMarked
package io.meridian.edge.core.release;

import org.jspecify.annotations.NullMarked;
