package io.meridian.edge.acceptance;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends calls to replicas as a Kubernetes service does: in turn to those that said they are ready when last asked, as everybody learns a
 * little later. It tries nothing again elsewhere.
 */
final class Balancer implements AutoCloseable {
    private static final int ASK_MILLIS = 200;

    /** How long it takes until all nodes of a cluster know of a change. */
    private static final int SPREAD_MILLIS = 500;

    /** A place of one replica after the other. */
    static final class Place {
        private final int[] ports;
        private final AtomicLong answered = new AtomicLong();
        private final AtomicLong closing = new AtomicLong();
        private volatile boolean routed;

        private Place(int[] ports) {
            this.ports = ports;
        }

        /** Of decisions, management, administration. */
        int[] ports() {
            return ports;
        }

        /** True if calls come here. */
        boolean routed() {
            return routed;
        }

        /** Calls answered here. */
        long answered() {
            return answered.get();
        }

        /** Those of them that ended their connection. */
        long closing() {
            return closing.get();
        }

        void answered(KeepAlive.Answer answer) {
            answered.incrementAndGet();
            if (answer.closing()) {
                closing.incrementAndGet();
            }
        }
    }

    private final List<Place> places;
    private final AtomicInteger turn = new AtomicInteger();
    private final ScheduledExecutorService clock;

    /** @param ports of each place */
    Balancer(List<int[]> ports) {
        places = ports.stream().map(Place::new).toList();
        clock = Executors.newScheduledThreadPool(places.size());
        for (Place place : places) {
            KeepAlive asking = new KeepAlive("");
            clock.scheduleWithFixedDelay(() -> ask(asking, place), 0, ASK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void ask(KeepAlive asking, Place place) {
        boolean ready = ready(asking, place);
        clock.schedule(() -> place.routed = ready, SPREAD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static boolean ready(KeepAlive asking, Place place) {
        try {
            return asking.call(place.ports[1], "GET", "/q/health/ready", "", "").status() == 200;
        } catch (IOException | RuntimeException e) {
            // A port nobody listens on yet may even answer with what it is asked, if the system happens to connect it
            // with itself.
            return false;
        }
    }

    List<Place> places() {
        return places;
    }

    /** Where the next call goes. Throws IllegalStateException if nobody is ready. */
    Place next() {
        int first = Math.floorMod(turn.getAndIncrement(), places.size());
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get((first + i) % places.size());
            if (place.routed) {
                return place;
            }
        }
        throw new IllegalStateException("no replica is ready");
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
