package io.meridian.edge.adapter.decisionlog;

import java.time.Duration;
import org.jboss.logging.Logger;

/** What the decision log says of itself in the service's log: at most one warning a minute, whatever goes wrong. One thread only. */
final class Complaints {
    private static final Logger LOG = Logger.getLogger(JsonLinesDecisionLog.class);
    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    private boolean any;
    private long lastNanos;
    private boolean outageTold;
    private long droppedTold;

    void unwritable(Exception why) {
        if (!outageTold && due()) {
            outageTold = true;
            LOG.warnf(
                    "Decision records cannot be written (%s). Trying again; what finds no room is counted as dropped",
                    why);
        }
    }

    void writtenAgain() {
        if (outageTold) {
            outageTold = false;
            LOG.info("Decision records are written again");
        }
    }

    /** Told the number of records dropped so far. */
    void dropped(long total) {
        if (total > droppedTold && due()) {
            LOG.warnf("%d more decision records were dropped", total - droppedTold);
            droppedTold = total;
        }
    }

    /** A record that has no JSON form is a mistake of ours; its class of problem is told, its content is not. */
    void malformed(Exception why) {
        if (due()) {
            LOG.warnf(
                    "A decision record could not be encoded (%s)",
                    why.getClass().getName());
        }
    }

    private boolean due() {
        long now = System.nanoTime();
        if (any && now - lastNanos < INTERVAL_NANOS) {
            return false;
        }
        any = true;
        lastNanos = now;
        return true;
    }
}
