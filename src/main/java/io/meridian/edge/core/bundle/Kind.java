package io.meridian.edge.core.bundle;

import java.util.Set;

/** What a reference leads to, and the files whose loss would make good references look wrong. */
enum Kind {
    OFFER("offer", "offers.yaml"),
    VARIANT("variant of this offer called", "offers.yaml"),
    TAG("offer with the tag", "offers.yaml"),
    CATEGORY("category", "offers.yaml"),
    PLACEMENT("placement", "placements.yaml"),
    SEGMENT("segment", "segments.yaml"),
    CAP("cap", "caps.yaml"),
    REGIME("regime", "jurisdictions.yaml"),
    ATTRIBUTE("attribute", "attributes.yaml"),
    LANGUAGE("language of this market called", "market.yaml"),
    MARKET("market", "market.yaml"),
    SERVED_MARKET("market of this region called", "market.yaml"),
    MODEL("model of the region called", "regions/");

    private final String label;
    private final String file;

    Kind(String label, String file) {
        this.label = label;
        this.file = file;
    }

    /** For messages. */
    String label() {
        return label;
    }

    /** False if a file these stand in could not be read. */
    boolean readable(Set<String> unreadable) {
        return unreadable.stream().noneMatch(path -> path.contains(file));
    }
}
