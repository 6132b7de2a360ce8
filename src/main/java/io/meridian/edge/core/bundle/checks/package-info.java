/**
 * What the compiler does not refuse and nobody can have meant: conditions that are never or always true, offers, variants and segments
 * that nothing reaches, placements that can run dry, texts that are missing in a language, schedules that are over.
 *
 * <p>Looks at what was compiled and at its definitions through {@link io.meridian.edge.core.bundle.checks.CheckedBundle} and knows
 * nothing of how it was compiled. What it says is certain: where something may be as meant, it is silent. Almost all are warnings; an
 * error is only what would certainly be wrong for visitors.
 */
@NullMarked
package io.meridian.edge.core.bundle.checks;

import org.jspecify.annotations.NullMarked;
