/**
 * From live privacy signals and a regime's table to a {@link io.meridian.edge.core.consent.Grant}: what one request may
 * do, decided before any personal data is read.
 *
 * <p>The decoders are our own because they face the public internet on the hot path. Each reads only the bits it
 * needs, from the received text, within a stated length, in loops bounded by that length, and answers with a value:
 * hostile text costs no exception and no memory. The usual libraries serve as oracles in the tests.
 *
 * <p>Three rules hold everywhere in here:
 *
 * <ul>
 *   <li>A refusal counts whichever framework it comes from; a permission counts only from a framework the regime
 *       accepts.
 *   <li>A signal that cannot be read, is invalid or has expired refuses everything it could have spoken about.
 *   <li>Taking consent away never grants: every refusal only ever removes bits.
 * </ul>
 */
@NullMarked
package io.meridian.edge.core.consent;

import org.jspecify.annotations.NullMarked;
