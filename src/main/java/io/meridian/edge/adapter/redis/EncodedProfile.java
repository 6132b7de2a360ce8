package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.model.StoredConsent;
import org.jspecify.annotations.Nullable;

/**
 * A profile ready to be stored.
 *
 * @param prefix of the subject's keys, see {@link Pseudonymiser#prefix}
 * @param classes values by ordinal of the data class; empty leaves the class as it is
 * @param consent what the subject is known to have said; null if nothing
 */
record EncodedProfile(
        byte[] prefix, byte[][] classes, @Nullable StoredConsent consent) {}
