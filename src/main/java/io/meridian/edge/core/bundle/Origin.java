package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.Where;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that counts in a market, and why.
 *
 * @param market the market it counts in
 * @param key for example {@code offers.black-week.lever}
 * @param value as text
 * @param layer who said so
 * @param where the place it was written at; null for what the service has built in
 * @param overrides what it takes the place of, the strongest first
 * @param rails what keeps markets and regions from writing this key as they like
 */
public record Origin(
        String market,
        String key,
        String value,
        Layer layer,
        @Nullable Where where,
        List<Said> overrides,
        List<Rail> rails) {

    /** What a weaker layer says. */
    public record Said(String value, Layer layer, @Nullable Where where) {}

    /**
     * A lock or a bound.
     *
     * @param limit what a bound allows; empty for a lock
     * @param where it was set
     * @param ask whom
     * @param why may be empty
     */
    public record Rail(String limit, Where where, String ask, String why) {
        public boolean isLock() {
            return limit.isEmpty();
        }
    }
}
