package io.meridian.edge.core.model;

import java.util.Locale;

/** Language tags as of BCP 47 (RFC 5646), which are alike whatever their case. */
public final class LanguageTags {
    private LanguageTags() {}

    /** The tag as it is usually written: {@code de-AT}, {@code zh-Hant}; empty if it is no tag. */
    public static String canonical(String tag) {
        String canonical = Locale.forLanguageTag(tag.replace('_', '-')).toLanguageTag();
        return canonical.equals("und") ? "" : canonical;
    }

    /**
     * The next shorter range, as RFC 4647, section 3.4, asks: without the last part, and without a single letter that would then stand
     * last. Empty after the language itself.
     */
    public static String shorter(String tag) {
        int cut = tag.lastIndexOf('-');
        if (cut >= 2 && tag.charAt(cut - 2) == '-') {
            cut -= 2;
        }
        return cut < 0 ? "" : tag.substring(0, cut);
    }
}
