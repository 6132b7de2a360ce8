package io.meridian.edge.core.frequency;

import io.meridian.edge.core.model.Exposures;

/**
 * At most so many impressions in a rolling window.
 *
 * @param id stable name
 * @param limit 1 to {@link Exposures#MAX_TIMES}
 * @param windowSeconds 60 to {@value #MAX_WINDOW_SECONDS}
 * @param per what is counted together
 * @param strict true if the offer is out when the counters are not known
 */
public record FrequencyCap(String id, int limit, int windowSeconds, Per per, boolean strict) {
    /** The longest window: how long impressions are kept. 32 days. */
    public static final int MAX_WINDOW_SECONDS = 32 * 24 * 60 * 60;

    /** What a cap counts together. */
    public enum Per {
        /** One offer, wherever it was shown. */
        OFFER,
        /** One offer in one placement. */
        OFFER_AND_PLACEMENT,
        /** Everything in one placement. */
        PLACEMENT
    }

    /** What a cap says. */
    public enum Verdict {
        OPEN,
        REACHED,
        /** The counters are not known. */
        UNKNOWN
    }

    /** Holds the cap against what was seen; {@code now} in epoch seconds. */
    public Verdict check(Exposures exposures, String offer, String placement, int now) {
        if (!exposures.known()) {
            return Verdict.UNKNOWN;
        }
        return left(exposures, offer, placement, now) == 0 ? Verdict.REACHED : Verdict.OPEN;
    }

    /** How many more impressions the cap leaves, 0 to {@link #limit}; the counters must be known. */
    public int left(Exposures exposures, String offer, String placement, int now) {
        int after = now - windowSeconds;
        int seen = switch (per) {
            case OFFER -> exposures.count(offer, null, after);
            case OFFER_AND_PLACEMENT -> exposures.count(offer, placement, after);
            case PLACEMENT -> exposures.count(null, placement, after);
        };
        return Math.max(0, limit - seen);
    }
}
