/**
 * What may be known of a visitor, and how it is asked for.
 *
 * <p>The attribute contract says what exists; a {@link io.meridian.edge.core.profile.ReadPlan} says what one request may and
 * needs to read; the ports {@link io.meridian.edge.core.profile.ProfileStore} and
 * {@link io.meridian.edge.core.profile.ProfileWriter} are all that the rest of the house knows of the store.
 */
@NullMarked
package io.meridian.edge.core.profile;

import org.jspecify.annotations.NullMarked;
