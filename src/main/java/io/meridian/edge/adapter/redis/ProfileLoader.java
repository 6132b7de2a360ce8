package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.ProfileRecord;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Loads profiles in bulk: each by one script, a hundred to a flush, a few flushes ahead of the answers.
 *
 * <p>The classes a record has values of are replaced, others are left alone. A subject whose tombstone stands is passed over, so is a
 * class that a stored consent closed; a record's consent is taken only if it is newer than the stored one. Loading a record again does
 * no harm, and records of one subject take effect in their order.
 *
 * <p>Blocks its caller; for one thread that is not an event loop.
 */
public final class ProfileLoader implements AutoCloseable {
    private static final int BATCH = 100;
    private static final int BATCHES_AHEAD = 8;
    private static final int BATCH_MILLIS = 10_000;
    /** How long it tries to get over a fault; a fail-over may take so long. */
    private static final int RECOVER_MILLIS = 30_000;

    /** Redis did not take the records, whatever was tried. What came before may have been loaded. */
    public static final class LoadFailed extends Exception {
        private static final long serialVersionUID = 1L;

        LoadFailed(String message) {
            super(message);
        }
    }

    /**
     * What became of the records so far.
     *
     * @param loaded stored
     * @param partly of these, those of which consent kept some class closed
     * @param erased passed over because the subject's tombstone stands
     * @param unreadable passed over because the stored consent cannot be understood
     */
    public record Tally(long loaded, long partly, long erased, long unreadable) {}

    private final RedisRoutes routes;
    private final Route route;
    private final RegionMarker marker;
    private final Pseudonymiser pseudonymiser;
    private final ProfileEncoder encoder;
    private final LoadRequests commands;
    private final Deque<LoadBatch> ahead = new ArrayDeque<>();
    private final Map<Integer, LoadBatch> filling = new LinkedHashMap<>();
    private int layout;
    private long loaded;
    private long partly;
    private long erased;
    private long unreadable;

    /** Begins to connect at once. */
    public ProfileLoader(
            Vertx vertx,
            RedisSettings settings,
            RegionMarker marker,
            Pseudonymiser pseudonymiser,
            AttributeContract contract,
            RedisCounters counters) {
        this.marker = marker;
        this.pseudonymiser = pseudonymiser;
        this.encoder = new ProfileEncoder(contract);
        this.commands = new LoadRequests(contract);
        this.routes = RedisRoutes.single(vertx, settings, marker, List.of(Scripts.LOAD), counters);
        this.route = routes.any();
    }

    /** Loads all of them and waits until they are stored. */
    public Tally load(Iterator<ProfileRecord> records) throws LoadFailed {
        while (records.hasNext()) {
            add(records.next());
        }
        return finish();
    }

    /** Takes one record, which must have passed {@link ProfileValues}. It may be stored later. */
    public void add(ProfileRecord record) throws LoadFailed {
        add(encoded(record));
    }

    /** Takes one profile. It may be stored later. */
    void add(EncodedProfile profile) throws LoadFailed {
        if (!route.ready()) {
            awaitRoute();
        }
        if (route.layout() != layout) {
            // What a subject has on its old way must arrive before anything takes the new one.
            settleAll();
            layout = route.layout();
        }
        int lane = route.lane(profile.prefix());
        LoadBatch batch = filling.computeIfAbsent(lane, ignored -> new LoadBatch());
        batch.add(profile.prefix(), commands.of(profile));
        if (batch.size() == BATCH) {
            filling.remove(lane);
            submit(batch);
        }
    }

    /** What reads lines for this loader; one per thread. */
    ProfileLineParser parser(AttributeContract contract, long saidAt) {
        return new ProfileLineParser(contract, pseudonymiser, saidAt);
    }

    /** Waits until every record taken is stored. */
    public Tally finish() throws LoadFailed {
        settleAll();
        return new Tally(loaded, partly, erased, unreadable);
    }

    @Override
    public void close() {
        routes.close();
    }

    private EncodedProfile encoded(ProfileRecord record) {
        byte[][] classes = new byte[DataClass.count()][];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = encoder.encode(DataClass.at(i), record.values());
        }
        return new EncodedProfile(pseudonymiser.prefix(record.subject()), classes, record.consent());
    }

    private void submit(LoadBatch batch) throws LoadFailed {
        while (ahead.size() >= BATCHES_AHEAD) {
            settleOldest();
        }
        ahead.add(batch);
        batch.send(route, BATCH_MILLIS);
    }

    private void settleAll() throws LoadFailed {
        List<LoadBatch> open = List.copyOf(filling.values());
        filling.clear();
        for (LoadBatch batch : open) {
            submit(batch);
        }
        while (!ahead.isEmpty()) {
            settleOldest();
        }
    }

    private void settleOldest() throws LoadFailed {
        if (ahead.element().answers() == null) {
            recover();
        }
        List<@Nullable Response> answers = ahead.remove().answers();
        if (answers != null) {
            answers.forEach(this::count);
        }
    }

    /** Sends again, one by one and in order, all that may be stored in another order than it came, or not at all. */
    private void recover() throws LoadFailed {
        ahead.forEach(LoadBatch::answers);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RECOVER_MILLIS);
        for (int attempt = 0; System.nanoTime() < deadline; attempt++) {
            awaitRoute();
            if (sendAllAgain()) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(50L << attempt, 800)));
        }
        throw new LoadFailed("Redis does not take the profiles");
    }

    private boolean sendAllAgain() {
        // Subjects may have come to other nodes, so that a batch is not of one lane any more.
        List<LoadBatch> again = new ArrayList<>();
        for (LoadBatch batch : ahead) {
            Map<Integer, LoadBatch> lanes = new LinkedHashMap<>();
            for (int i = 0; i < batch.size(); i++) {
                byte[] key = batch.key(i);
                lanes.computeIfAbsent(route.lane(key), ignored -> new LoadBatch())
                        .add(key, batch.request(i));
            }
            again.addAll(lanes.values());
        }
        for (LoadBatch batch : again) {
            batch.send(route, BATCH_MILLIS);
            if (batch.answers() == null) {
                return false;
            }
        }
        ahead.clear();
        ahead.addAll(again);
        return true;
    }

    private void awaitRoute() throws LoadFailed {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RECOVER_MILLIS);
        while (!route.ready()) {
            if (route.unmarked()) {
                throw new LoadFailed("this Redis does not carry the mark of the region " + marker.region()
                        + "; if it is the right one, run: meridian mark-region");
            }
            if (System.nanoTime() > deadline) {
                throw new LoadFailed("Redis cannot be reached");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private void count(@Nullable Response letter) {
        switch (String.valueOf(letter)) {
            case "K" -> loaded++;
            case "P" -> {
                loaded++;
                partly++;
            }
            case "E" -> erased++;
            default -> unreadable++;
        }
    }
}
