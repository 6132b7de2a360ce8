package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.Where;
import java.util.Locale;

/** Where a value comes from, the weakest first: what a later layer says wins. */
public enum Layer {
    /** What the service takes if nobody says anything. */
    HOST,
    /** {@code global/}. */
    GLOBAL,
    /** {@code markets/<market>/}. */
    MARKET,
    /** {@code regions/<region>.yaml}. */
    REGION;

    /** The layer a file belongs to. */
    public static Layer of(Where where) {
        if (where.file().startsWith("markets/")) {
            return MARKET;
        }
        return where.file().startsWith("regions/") ? REGION : GLOBAL;
    }

    /** Lower case, for people. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
