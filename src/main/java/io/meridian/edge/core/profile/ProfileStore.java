package io.meridian.edge.core.profile;

/** Port: where profiles are read on the way of a decision. */
public interface ProfileStore {
    /** Told once when a read has ended, on the thread that started it. */
    interface Listener {
        void readEnded(Profile profile);
    }

    /**
     * Starts one read: at most one round trip, nothing written.
     *
     * @param plan what to read; at least one class
     * @param into receives facts, counters, consent and {@linkplain Profile#status() status}; after a time-out nothing is
     *     written to it any more
     * @param timeoutMillis at most this long, 1 or more
     * @param listener told exactly once, never before this call returns its caller's turn on the same thread
     */
    void read(ReadPlan plan, Profile into, int timeoutMillis, Listener listener);
}
