package io.meridian.edge.core.bundle;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The bundle that decides now: one volatile field. A request reads it once and stays with what it read.
 *
 * <p>What a bundle runs on (native models) must outlive the last decision by it. So a decision enters the activation and leaves it, and
 * whoever replaced the bundle frees nothing before {@link Activation#idle()}.
 */
public final class ActiveBundle {
    /** A bundle in service. An activation is itself and no other: the same bundle activated twice is two of them. */
    public static final class Activation {
        /** Threads count in so many places, so that they seldom share one. A power of two. */
        private static final int STRIPES = 16;

        /** Between two counters lies a cache line, 64 bytes. */
        private static final int SPACING = 16;

        private final Bundle bundle;
        private final Instant since;
        private final String source;
        private final AtomicIntegerArray users = new AtomicIntegerArray(STRIPES * SPACING);

        private Activation(Bundle bundle, Instant since, String source) {
            this.bundle = bundle;
            this.since = since;
            this.source = source;
        }

        public Bundle bundle() {
            return bundle;
        }

        /** When it became active. */
        public Instant since() {
            return since;
        }

        /** Where it came from, for people. */
        public String source() {
            return source;
        }

        /** Ends one use that {@link ActiveBundle#enter()} began, on any thread. */
        public void leave() {
            users.decrementAndGet(stripe());
        }

        /**
         * True once no decision uses it any more. Meaningful only after another activation took its place: until then the next decision may
         * enter at any time.
         *
         * <p>The counters are read one after the other, while decisions leave. All that entered for good did so before the replacement and
         * is seen; a leaving that is missed makes the sum too large, never too small.
         */
        public boolean idle() {
            int sum = 0;
            for (int i = 0; i < STRIPES; i++) {
                sum += users.get(i * SPACING);
            }
            return sum == 0;
        }

        private static int stripe() {
            return ((int) Thread.currentThread().getId() & (STRIPES - 1)) * SPACING;
        }
    }

    private volatile @Nullable Activation current;

    /** Null until the first activation. For whoever needs no model; a decision has to {@link #enter()}. */
    public @Nullable Activation current() {
        return current;
    }

    /** The current activation, in use until it is left; null until the first. */
    @SuppressWarnings("ReferenceEquality") // an activation is itself and no other
    public @Nullable Activation enter() {
        while (true) {
            Activation activation = current;
            if (activation == null) {
                return null;
            }
            activation.users.incrementAndGet(Activation.stripe());
            // Replaced between the reading and the counting, it may be closed already.
            if (activation == current) {
                return activation;
            }
            activation.leave();
        }
    }

    /** From here on new requests meet this bundle. */
    public Activation activate(Bundle bundle, Instant since, String source) {
        Activation activation = new Activation(bundle, since, source);
        current = activation;
        return activation;
    }
}
