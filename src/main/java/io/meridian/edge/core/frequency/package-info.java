/** How often a visitor may be shown the same thing: rolling windows over impressions that were reported, not decisions made. */
@NullMarked
package io.meridian.edge.core.frequency;

import org.jspecify.annotations.NullMarked;
