package io.meridian.edge.adapter.http;

import io.meridian.edge.core.Moment;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Where the time and the ids of decisions come from. */
public final class Moments {
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final InstantSource clock;

    public Moments(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Now, with a fresh UUIDv7 (RFC 9562, section 5.7): ids sort by time and tell nothing else.
     *
     * @param waitedNanos how long ago the request was read
     */
    public Moment next(long waitedNanos) {
        long now = clock.millis();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (now << 16) | VERSION_7 | (random.nextLong() & 0xFFF);
        long low = VARIANT | (random.nextLong() >>> 2);
        return new Moment(now, new UUID(high, low).toString(), waitedNanos);
    }

    /** Now, epoch milliseconds. */
    public long millis() {
        return clock.millis();
    }
}
