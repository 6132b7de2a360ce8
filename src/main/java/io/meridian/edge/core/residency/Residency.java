package io.meridian.edge.core.residency;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Whether this region may look for a subject's data. A caller's claim can only take that away, never grant it. */
public enum Residency {
    /** Nothing says that the subject's home is elsewhere. */
    HERE,
    /** The subject's home is another region. */
    ELSEWHERE,
    /** The claim names a region nobody knows. */
    UNKNOWN_REGION;

    /**
     * @param claimed the home region the caller believes in, null if it said nothing
     * @param here this region's id
     * @param known every region's id
     */
    public static Residency of(@Nullable String claimed, String here, Collection<String> known) {
        if (claimed == null || claimed.equals(here)) {
            return HERE;
        }
        return known.contains(claimed) ? ELSEWHERE : UNKNOWN_REGION;
    }
}
