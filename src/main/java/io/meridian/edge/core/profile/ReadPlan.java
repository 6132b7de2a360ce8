package io.meridian.edge.core.profile;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.SubjectId;

/**
 * What one request reads of one subject: never more than it uses and may use.
 *
 * <p>If no class is {@linkplain #silent silent}, the classes of {@link #classes} and the stored consent are read at once. If one
 * is, the store itself looks at the stored consent and returns only what that permits, by the masks below.
 *
 * @param subject whose
 * @param layout what to decode
 * @param classes mask of {@link DataClass#bit()}: what is wanted at all; {@link DataClass#EXPOSURE} are the cap counters
 * @param silent mask of the wanted classes about which the live signals say nothing for at least one purpose
 * @param ifGiven by class ordinal: purposes for which a stored consent opens the class
 * @param ifExplicit by class ordinal: purposes for which only a stored explicit consent opens it
 * @param unlessRefused by class ordinal: purposes that are open unless a stored refusal closes them
 */
public record ReadPlan(
        SubjectId subject,
        ProfileLayout layout,
        int classes,
        int silent,
        int[] ifGiven,
        int[] ifExplicit,
        int[] unlessRefused) {

    /** True if the stored consent has to be asked first. */
    public boolean asksStoredConsent() {
        return silent != 0;
    }
}
