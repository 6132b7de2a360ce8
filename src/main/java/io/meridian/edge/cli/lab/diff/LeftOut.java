package io.meridian.edge.cli.lab.diff;

/** Why a visit is not compared. */
public enum LeftOut {
    /** Neither configuration has a region for it. */
    NO_REGION("noRegion", "visits name no market, country or region that either serves"),
    /** One of the two has no region that could answer it. */
    ONE_SIDE("oneSide", "visits belong to a region that only one of the two has"),
    /** Not what {@code --market} or {@code --region} ask for. */
    NOT_ASKED("notAsked", "visits are of other markets or regions than asked for"),
    /** Both refuse the request. */
    REFUSED_BY_BOTH("refusedByBoth", "visits are refused by both"),
    /** Beyond the most that are read. */
    TOO_MANY("tooMany", "visits stand after the most that are compared");

    private final String key;
    private final String told;

    LeftOut(String key, String told) {
        this.key = key;
        this.told = told;
    }

    /** Its name for scripts. */
    String key() {
        return key;
    }

    /** For people, after a number. */
    String told() {
        return told;
    }
}
