package io.meridian.edge.core.profile;

import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A profile as it is loaded in bulk.
 *
 * @param subject whose
 * @param values {@code Boolean Long Double String List<String>} by attribute name, held against the {@link AttributeContract}
 * @param consent what the subject is known to have said; null if nothing
 */
public record ProfileRecord(
        SubjectId subject,
        Map<String, Object> values,
        @Nullable StoredConsent consent) {
    /** Hides the values. */
    @Override
    public String toString() {
        return "ProfileRecord[" + subject + "]";
    }
}
