package io.meridian.edge.core.bundle;

import java.util.List;
import java.util.Set;

/** The names of what one layer may say over another: {@code offers.black-week.lever}. Ids have no dots. */
final class Keys {
    static final String OFFERS = "offers";
    static final String PLACEMENTS = "placements";
    static final String CAPS = "caps";
    static final String EXCLUDED = "excludedCategories";

    static final String ENABLED = "enabled";
    static final String LEVER = "lever";
    static final String VALUE = "value";
    static final String PRIORITY = "priority";
    static final String WHEN = "when";
    static final String CONTENT = "content";
    static final String FALLBACK = "fallback";
    static final String MAX_ITEMS = "maxItems";
    static final String LIMIT = "limit";
    static final String WINDOW = "window";

    static final List<String> OF_OFFER = List.of(ENABLED, LEVER, VALUE, PRIORITY, WHEN, CONTENT);
    static final List<String> OF_PLACEMENT = List.of(FALLBACK, MAX_ITEMS);
    static final List<String> OF_CAP = List.of(LIMIT, WINDOW);

    /** Fields that are numbers. */
    static final Set<String> NUMBERS = Set.of(LEVER, VALUE, PRIORITY, MAX_ITEMS, LIMIT, WINDOW);

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

    static String field(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }
}
