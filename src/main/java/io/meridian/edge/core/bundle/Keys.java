package io.meridian.edge.core.bundle;

import java.util.List;
import java.util.Set;

/** The names of what one layer may say over another: {@code offers.black-week.lever}. Ids have no dots. */
final class Keys {
    static final String OFFERS = "offers";
    static final String PLACEMENTS = "placements";
    static final String CAPS = "caps";
    static final String MARKETS = "markets";
    static final String EXCLUDED = "excludedCategories";

    /** As a number: the most hours of a day that one channel is silent. */
    static final String QUIET_HOURS = "quietHours";

    static final String ENABLED = "enabled";
    static final String LEVER = "lever";
    static final String VALUE = "value";
    static final String PRIORITY = "priority";
    /** As a number: each one given, for all visitors or for a segment. */
    static final String PROPENSITY = "propensity";

    /** As a number: those above 1 multiplied, and those below. */
    static final String FACTOR = "factor";

    static final String WHEN = "when";
    static final String CONTENT = "content";
    static final String FALLBACK = "fallback";
    static final String MAX_ITEMS = "maxItems";
    static final String LIMIT = "limit";
    static final String WINDOW = "window";

    static final String COUNTRIES = "countries";

    static final List<String> OF_OFFER = List.of(ENABLED, LEVER, VALUE, PRIORITY, PROPENSITY, FACTOR, WHEN, CONTENT);
    static final List<String> OF_PLACEMENT = List.of(FALLBACK, MAX_ITEMS);
    static final List<String> OF_CAP = List.of(LIMIT, WINDOW);

    /** Fields that are numbers. */
    static final Set<String> NUMBERS =
            Set.of(LEVER, VALUE, PRIORITY, PROPENSITY, FACTOR, MAX_ITEMS, LIMIT, WINDOW, QUIET_HOURS);

    /** Of these a higher number is looser; of {@link #WINDOW} a lower one. */
    static final Set<String> LOOSER_WHEN_HIGHER = Set.of(MAX_ITEMS, LIMIT);

    private Keys() {}

    static String offer(String id, String field) {
        return OFFERS + "." + id + "." + field;
    }

    static String placement(String id, String field) {
        return PLACEMENTS + "." + id + "." + field;
    }

    static String cap(String id, String field) {
        return CAPS + "." + id + "." + field;
    }

    static String market(String id, String field) {
        return MARKETS + "." + id + "." + field;
    }

    static String field(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }
}
