package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.ProfileRecord;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    private static final int TRIES = 5;
    private static final int RECONNECT_MILLIS = 10_000;
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] ZERO = {'0'};

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

    private static final class Batch {
        private final List<Request> requests;
        private CompletableFuture<@Nullable List<@Nullable Response>> answers = new CompletableFuture<>();

        Batch(List<Request> requests) {
            this.requests = requests;
        }
    }

    private final RedisLinks links;
    private final RedisLink link;
    private final RegionMarker marker;
    private final Pseudonymiser pseudonymiser;
    private final ProfileEncoder encoder;
    private final byte[][] seconds = new byte[DataClass.count()][];
    private final byte[][] bits = new byte[DataClass.count()][];
    private final Deque<Batch> ahead = new ArrayDeque<>();
    private List<Request> filling = new ArrayList<>(BATCH);
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
        this.links = RedisLinks.single(vertx, settings, marker, List.of(Scripts.LOAD), counters);
        this.link = links.any();
        for (int i = 0; i < DataClass.count(); i++) {
            bits[i] = ScriptCaller.bytes(DataClass.at(i).bit());
            seconds[i] = ScriptCaller.bytes(Math.max(1, contract.retentionSeconds(DataClass.at(i))));
        }
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
        filling.add(request(profile));
        if (filling.size() == BATCH) {
            submit();
        }
    }

    /** What reads lines for this loader; one per thread. */
    ProfileLineParser parser(AttributeContract contract, long saidAt) {
        return new ProfileLineParser(contract, pseudonymiser, saidAt);
    }

    /** Waits until every record taken is stored. */
    public Tally finish() throws LoadFailed {
        if (!filling.isEmpty()) {
            submit();
        }
        while (!ahead.isEmpty()) {
            settleOldest();
        }
        return new Tally(loaded, partly, erased, unreadable);
    }

    @Override
    public void close() {
        links.close();
    }

    private EncodedProfile encoded(ProfileRecord record) {
        byte[][] classes = new byte[DataClass.count()][];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = encoder.encode(DataClass.at(i), record.values());
        }
        return new EncodedProfile(pseudonymiser.prefix(record.subject()), classes, record.consent());
    }

    private Request request(EncodedProfile profile) {
        byte[][] classes = profile.classes();
        StoredConsent consent = profile.consent();
        // Who refuses everything loses what was stored before as well, in the same act.
        int closed = consent != null && consent.refused() == Purpose.ALL_BITS ? DataClass.ALL_BITS : 0;
        int keys = 1;
        for (byte[] value : classes) {
            keys += value.length > 0 || closed != 0 ? 1 : 0;
        }
        Request request = Request.cmd(Command.EVALSHA)
                .arg(Scripts.LOAD.digest())
                .arg(keys)
                .arg(Pseudonymiser.consentKey(profile.prefix()));
        for (int i = 0; i < classes.length; i++) {
            if (classes[i].length > 0 || closed != 0) {
                request.arg(Pseudonymiser.classKey(profile.prefix(), i));
            }
        }
        if (consent == null) {
            request.arg(NOTHING).arg(ZERO).arg(ZERO);
        } else {
            request.arg(ConsentCodec.encode(consent, closed))
                    .arg(consent.updatedAt())
                    .arg(closed);
        }
        for (int i = 0; i < classes.length; i++) {
            if (classes[i].length > 0 || closed != 0) {
                request.arg(bits[i]).arg(classes[i]).arg(seconds[i]);
            }
        }
        return request;
    }

    private void submit() throws LoadFailed {
        if (!link.ready()) {
            awaitLink();
        }
        while (ahead.size() >= BATCHES_AHEAD) {
            settleOldest();
        }
        Batch batch = new Batch(filling);
        filling = new ArrayList<>(BATCH);
        ahead.add(batch);
        send(batch);
    }

    private void send(Batch batch) {
        CompletableFuture<@Nullable List<@Nullable Response>> answers = new CompletableFuture<>();
        batch.answers = answers;
        link.context().runOnContext(ignored -> link.send(batch.requests, new PendingBatch(answers), BATCH_MILLIS));
    }

    private void settleOldest() throws LoadFailed {
        List<@Nullable Response> answers = ahead.element().answers.join();
        if (answers == null) {
            recover();
        } else {
            ahead.remove();
            answers.forEach(this::count);
        }
    }

    /** Sends again, one by one and in order, all that may be stored in another order than it came. */
    private void recover() throws LoadFailed {
        ahead.forEach(batch -> batch.answers.join());
        for (int attempt = 0; attempt < TRIES; attempt++) {
            awaitLink();
            boolean all = true;
            for (Batch batch : ahead) {
                send(batch);
                if (batch.answers.join() == null) {
                    all = false;
                    break;
                }
            }
            if (all) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50L << attempt));
        }
        throw new LoadFailed("Redis does not take the profiles");
    }

    private void awaitLink() throws LoadFailed {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RECONNECT_MILLIS);
        while (!link.ready()) {
            if (link.unmarked()) {
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
