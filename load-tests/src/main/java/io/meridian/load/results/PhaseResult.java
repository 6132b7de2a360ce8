package io.meridian.load.results;

import java.util.Map;

/**
 * A stretch of a run at one rate.
 *
 * @param seconds how long calls were begun in it
 * @param rate calls per second that were due; at a ramp's end the last
 * @param kinds by the name of the kind of call; {@link #ALL} is all of them together
 */
public record PhaseResult(String name, double seconds, double rate, Map<String, KindResult> kinds) {
    /** The name under which all kinds stand together. */
    public static final String ALL = "all";

    /** All kinds together. */
    public KindResult all() {
        KindResult all = kinds.get(ALL);
        if (all == null) {
            throw new IllegalStateException("phase " + name + " has no \"" + ALL + "\"");
        }
        return all;
    }
}
