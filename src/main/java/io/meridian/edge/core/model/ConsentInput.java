package io.meridian.edge.core.model;

import org.jspecify.annotations.Nullable;

/**
 * The privacy signals of one request, as received: nothing decoded, nothing trusted.
 *
 * @param gdpr the caller's claim that the GDPR applies; null if it made none. It can only add protection.
 * @param tcf a TCF v2 consent string, null if none was sent
 * @param gpp a GPP string, null if none was sent
 * @param gppSections the GPP section ids said to be in force; empty if none was said
 * @param gpc Global Privacy Control: true if {@code Sec-GPC: 1} or its like was sent
 * @param usPrivacy a US Privacy string such as {@code 1YNN}, null if none was sent
 */
public record ConsentInput(
        @Nullable Boolean gdpr,
        @Nullable String tcf,
        @Nullable String gpp,
        int[] gppSections,
        boolean gpc,
        @Nullable String usPrivacy) {

    private static final int[] NO_SECTIONS = new int[0];

    /** No signal at all. */
    public static final ConsentInput NONE = new ConsentInput(null, null, null, NO_SECTIONS, false, null);

    /** True if nothing was said. */
    public boolean isEmpty() {
        return gdpr == null && tcf == null && gpp == null && gppSections.length == 0 && !gpc && usPrivacy == null;
    }
}
