package io.meridian.edge.app.status;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How this process is.
 *
 * @param region empty as long as nobody knows: in a demonstration before its first bundle
 * @param upSince when the process began
 * @param time when this was looked at
 * @param checks in the order of a decision's way
 * @param stages the whole decision first
 * @param windowSeconds how long what {@code stages} tells of took
 * @param degraded every code there is, with how often it was met
 */
record Status(
        String region,
        String version,
        Instant upSince,
        Instant time,
        List<Check> checks,
        List<StageTime> stages,
        double windowSeconds,
        List<Degraded> degraded) {

    /**
     * Times of a stage within the window.
     *
     * @param p50 seconds, NaN if nothing went through; likewise p99
     */
    record StageTime(String stage, double perSecond, double p50, double p99) {}

    /** Decisions that had this code: in the window of the stages, and in the last five minutes. */
    record Degraded(String code, long lately, long lastMinutes) {}

    /** The worst there is; null if all is well. */
    @Nullable
    Check worst() {
        Check worst = null;
        for (Check check : checks) {
            if (check.level() != Check.Level.FINE
                    && (worst == null || check.level().compareTo(worst.level()) > 0)) {
                worst = check;
            }
        }
        return worst;
    }

    Check.Level level() {
        Check worst = worst();
        return worst == null ? Check.Level.FINE : worst.level();
    }

    /** Healthy or not, and if not, which part: one sentence. */
    String verdict() {
        Check worst = worst();
        if (worst == null) {
            return "Healthy";
        }
        String what = worst.level() == Check.Level.ACT ? "Not healthy: " : "Serving, with something to look at: ";
        return what + worst.title() + ". " + worst.findings().get(0).says();
    }
}
