/**
 * What people wrote, read but not yet judged: one plain record per thing a configuration can say, each part with the place
 * it was written at.
 *
 * <p>A reader fills these from files and has already refused what is no such thing at all (unknown keys, wrong types, numbers
 * out of range). What parts mean together is the compiler's matter. A part that could not be read is null or left out, and
 * then {@link io.meridian.edge.core.bundle.definition.BundleSource#problems} says why: the compiler goes on around it, so that one
 * mistake does not hide the next.
 *
 * <p>The layers stay apart: {@link io.meridian.edge.core.bundle.definition.LayerDefinition} is what the whole configuration and
 * each market may both define, and only the compiler lays one over the other.
 */
@NullMarked
package io.meridian.edge.core.bundle.definition;

import org.jspecify.annotations.NullMarked;
