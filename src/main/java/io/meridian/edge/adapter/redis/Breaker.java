package io.meridian.edge.adapter.redis;

/**
 * Keeps commands from waiting for a Redis that does not answer. Several time-outs in a row open it; while it is open nothing is sent but
 * probes, and an answer to one of them within the time that had run out closes it.
 *
 * <p>So few time-outs are enough because a wrong guess is cheap: the first probe leaves at once, and a Redis that had only paused answers
 * it with everything else. Confined to an event loop, but for {@link #isOpen}.
 */
final class Breaker {
    /** Time-outs in a row, without an answer in time between them, that open it. */
    static final int TIMEOUTS = 3;

    /** Milliseconds between a probe that was not answered in time and the next. */
    static final int PROBE_PAUSE = 50;

    /** Milliseconds below which a time-out says more of the caller's hurry than of Redis, and does not count. */
    static final int LEAST_PATIENCE = 10;

    private volatile boolean open;
    private int inRow;
    private int patience;

    /** True while commands are refused. Any thread. */
    boolean isOpen() {
        return open;
    }

    /** How long a probe may take, milliseconds. */
    int patience() {
        return patience;
    }

    /**
     * A command has run out of time.
     *
     * @param millis its time; below {@value #LEAST_PATIENCE} nothing happens
     * @return true if this has opened it
     */
    boolean timedOut(int millis) {
        if (millis < LEAST_PATIENCE) {
            return false;
        }
        inRow++;
        if (open || inRow < TIMEOUTS) {
            return false;
        }
        patience = millis;
        open = true;
        return true;
    }

    /** A command was answered in time. */
    void answered() {
        inRow = 0;
    }

    /** A probe was answered in time, or there is another connection. */
    void close() {
        inRow = 0;
        open = false;
    }
}
