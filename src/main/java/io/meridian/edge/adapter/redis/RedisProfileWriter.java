package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.ProfileWriter;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Changes profiles, consent and counters: each act is one script, over a connection of its own.
 *
 * <p>A class may be written if the permission leaves it open and, by its masks, the stored consent opens it (as in a read); deleting is
 * always permitted. Nothing is written to a subject whose tombstone stands, but a consent that agrees to something. Values are expected
 * to have passed {@link ProfileValues}. Stages complete on the caller's context, or on an event loop if there is none.
 */
public final class RedisProfileWriter implements ProfileWriter, AutoCloseable {
    /** How often a change is tried again because another came between. */
    private static final int MAX_TRIES = 64;

    private static final byte[] NOTHING = new byte[0];
    private static final byte[] ANY = {'*'};
    private static final byte[] NOBODY_ASKED = {'-', '1'};
    private static final int PROFILE_CLASSES = DataClass.ALL_BITS & ~DataClass.EXPOSURE.bit();
    private static final int EVENT_HASH_BYTES = 16;

    private final Vertx vertx;
    private final Pseudonymiser pseudonymiser;
    private final AttributeContract contract;
    private final ProfileEncoder encoder;
    private final RedisCounters counters;
    private final RedisLinks links;
    private final ScriptCaller caller;

    /** Begins to connect at once. */
    public RedisProfileWriter(
            Vertx vertx,
            RedisSettings settings,
            RegionMarker marker,
            Pseudonymiser pseudonymiser,
            AttributeContract contract,
            RedisCounters counters) {
        this.vertx = vertx;
        this.pseudonymiser = pseudonymiser;
        this.contract = contract;
        this.encoder = new ProfileEncoder(contract);
        this.counters = counters;
        this.links = RedisLinks.single(vertx, settings, marker, Scripts.WRITING, counters);
        this.caller = new ScriptCaller(links.any(), settings.writeMillis());
    }

    /** True if there is a connection to a Redis with the region's mark. */
    public boolean ready() {
        return links.ready();
    }

    @Override
    public CompletionStage<Outcome> replace(SubjectId subject, Map<String, Object> values, Permission permission) {
        byte[] prefix = pseudonymiser.prefix(subject);
        List<byte[]> keys = new ArrayList<>(List.of(Pseudonymiser.consentKey(prefix)));
        List<byte[]> arguments = new ArrayList<>();
        for (int i = 0; i < DataClass.count(); i++) {
            DataClass dataClass = DataClass.at(i);
            if (dataClass.in(PROFILE_CLASSES)) {
                byte[] value = encoder.encode(dataClass, values);
                if (value.length > 0 && !dataClass.in(permission.classes())) {
                    return CompletableFuture.completedStage(Outcome.NOT_PERMITTED);
                }
                keys.add(Pseudonymiser.classKey(prefix, i));
                addPut(arguments, dataClass, ANY, value, permission);
            }
        }
        return told(caller.call(Scripts.PUT, keys, arguments).thenApply(ScriptCaller::outcome));
    }

    @Override
    public CompletionStage<Outcome> change(
            SubjectId subject, Map<String, @Nullable Object> values, Permission permission) {
        int touched = encoder.classesOf(values.keySet());
        int written = 0;
        for (Map.Entry<String, @Nullable Object> entry : values.entrySet()) {
            if (entry.getValue() != null) {
                written |= encoder.classesOf(List.of(entry.getKey()));
            }
        }
        if ((written & ~permission.classes()) != 0) {
            return CompletableFuture.completedStage(Outcome.NOT_PERMITTED);
        }
        if (touched == 0) {
            return CompletableFuture.completedStage(Outcome.DONE);
        }
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        new Change(pseudonymiser.prefix(subject), values, touched, written, permission, done).attempt();
        return told(done);
    }

    @Override
    public CompletionStage<Outcome> storeConsent(SubjectId subject, StoredConsent consent, int closedClasses) {
        byte[] prefix = pseudonymiser.prefix(subject);
        List<byte[]> arguments =
                List.of(ConsentCodec.encode(consent, closedClasses), ScriptCaller.bytes(consent.given()));
        return told(caller.call(Scripts.STORE_CONSENT, keys(prefix, closedClasses), arguments)
                .thenApply(ScriptCaller::outcome));
    }

    @Override
    public CompletionStage<Outcome> erase(SubjectId subject, long erasedAt, long tombstoneSeconds) {
        byte[] tombstone = ConsentCodec.encode(StoredConsent.tombstone(erasedAt), DataClass.ALL_BITS);
        List<byte[]> arguments = List.of(tombstone, ScriptCaller.bytes(Math.max(1, tombstoneSeconds)));
        return told(caller.call(Scripts.ERASE, keys(pseudonymiser.prefix(subject), DataClass.ALL_BITS), arguments)
                .thenApply(ScriptCaller::outcome));
    }

    @Override
    public CompletionStage<Outcome> countImpression(
            SubjectId subject,
            String eventKey,
            String offer,
            String placement,
            int epochSecond,
            Permission permission) {
        return event(subject, eventKey, offer, placement, epochSecond, permission);
    }

    @Override
    public CompletionStage<Outcome> noteEvent(
            SubjectId subject, String eventKey, int epochSecond, Permission permission) {
        return event(subject, eventKey, "", "", epochSecond, permission);
    }

    /** Ends the connection; writes in flight end unavailable. */
    @Override
    public void close() {
        links.close();
    }

    private CompletionStage<Outcome> event(
            SubjectId subject,
            String eventKey,
            String offer,
            String placement,
            int epochSecond,
            Permission permission) {
        if (!DataClass.EXPOSURE.in(permission.classes())) {
            return CompletableFuture.completedStage(Outcome.NOT_PERMITTED);
        }
        byte[] prefix = pseudonymiser.prefix(subject);
        int exposure = DataClass.EXPOSURE.ordinal();
        List<byte[]> keys = List.of(
                Pseudonymiser.consentKey(prefix),
                Pseudonymiser.eventsKey(prefix),
                Pseudonymiser.classKey(prefix, exposure));
        List<byte[]> arguments = List.of(
                eventHash(eventKey),
                ScriptCaller.bytes(permission.ifGiven()[exposure]),
                ScriptCaller.bytes(permission.ifExplicit()[exposure]),
                ScriptCaller.bytes(permission.unlessRefused()[exposure]),
                offer.getBytes(StandardCharsets.UTF_8),
                placement.getBytes(StandardCharsets.UTF_8),
                ScriptCaller.bytes(epochSecond));
        return told(caller.call(Scripts.EVENT, keys, arguments).thenApply(ScriptCaller::outcome));
    }

    /** The consent's key and those of the classes; with the counters goes the memory of the events behind them. */
    private static List<byte[]> keys(byte[] prefix, int classes) {
        List<byte[]> keys = new ArrayList<>(List.of(Pseudonymiser.consentKey(prefix)));
        for (int i = 0; i < DataClass.count(); i++) {
            if (DataClass.at(i).in(classes)) {
                keys.add(Pseudonymiser.classKey(prefix, i));
            }
        }
        if (DataClass.EXPOSURE.in(classes)) {
            keys.add(Pseudonymiser.eventsKey(prefix));
        }
        return keys;
    }

    private void addPut(
            List<byte[]> arguments, DataClass dataClass, byte[] expected, byte[] value, @Nullable Permission asked) {
        int index = dataClass.ordinal();
        arguments.add(expected);
        arguments.add(value);
        arguments.add(ScriptCaller.bytes(Math.max(1, contract.retentionSeconds(dataClass))));
        arguments.add(asked == null ? NOBODY_ASKED : ScriptCaller.bytes(asked.ifGiven()[index]));
        arguments.add(ScriptCaller.bytes(asked == null ? 0 : asked.ifExplicit()[index]));
        arguments.add(ScriptCaller.bytes(asked == null ? 0 : asked.unlessRefused()[index]));
    }

    private static byte[] eventHash(String eventKey) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(eventKey.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, EVENT_HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Completes on the context of whoever asked. */
    private static CompletionStage<Outcome> told(CompletableFuture<Outcome> outcome) {
        ContextInternal asking = ContextInternal.current();
        if (asking == null) {
            return outcome;
        }
        CompletableFuture<Outcome> told = new CompletableFuture<>();
        outcome.whenComplete((value, failure) -> asking.emit(value, ended -> {
            if (failure != null) {
                told.completeExceptionally(failure);
            } else {
                told.complete(ended);
            }
        }));
        return told;
    }

    /**
     * Reads, merges, and writes if nobody wrote in between; else begins again. Of several at once one always gets through, so that a
     * change among n others needs at most n tries.
     */
    private final class Change {
        private final byte[] prefix;
        private final Map<String, @Nullable Object> values;
        private final int written;
        private final Permission permission;
        private final CompletableFuture<Outcome> done;
        private final List<DataClass> classes = new ArrayList<>();
        private final List<byte[]> keys;
        private int tries;

        Change(
                byte[] prefix,
                Map<String, @Nullable Object> values,
                int touched,
                int written,
                Permission permission,
                CompletableFuture<Outcome> done) {
            this.prefix = prefix;
            this.values = values;
            this.written = written;
            this.permission = permission;
            this.done = done;
            for (int i = 0; i < DataClass.count(); i++) {
                if (DataClass.at(i).in(touched)) {
                    classes.add(DataClass.at(i));
                }
            }
            this.keys = keys(this.prefix, touched);
        }

        void attempt() {
            caller.values(keys).whenComplete((stored, failure) -> {
                if (failure != null) {
                    done.completeExceptionally(failure);
                } else if (stored == null) {
                    done.complete(Outcome.UNAVAILABLE);
                } else {
                    put(stored);
                }
            });
        }

        private void put(Response stored) {
            List<byte[]> arguments = new ArrayList<>();
            try {
                for (int i = 0; i < classes.size(); i++) {
                    Response found = stored.get(i + 1);
                    byte[] before = found == null ? NOTHING : found.toBytes();
                    byte[] after = encoder.merge(classes.get(i), before, values);
                    boolean removesOnly = !classes.get(i).in(written);
                    addPut(arguments, classes.get(i), expected(before), after, removesOnly ? null : permission);
                }
            } catch (IOException e) {
                // Written by a later version, or damaged: a replacement mends it, a change must not guess.
                counters.malformed.increment();
                done.complete(Outcome.UNAVAILABLE);
                return;
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
                return;
            }
            caller.call(Scripts.PUT, keys, arguments).whenComplete((letter, failure) -> {
                if (failure != null) {
                    done.completeExceptionally(failure);
                } else if (letter != null && letter.toString().equals("R")) {
                    again();
                } else {
                    done.complete(ScriptCaller.outcome(letter));
                }
            });
        }

        private void again() {
            counters.retriedWrites.increment();
            tries++;
            if (tries >= MAX_TRIES) {
                done.complete(Outcome.UNAVAILABLE);
            } else if (tries < 4) {
                attempt();
            } else {
                long pause = ThreadLocalRandom.current().nextLong(1, 2 + tries / 4);
                vertx.setTimer(pause, ignored -> attempt());
            }
        }

        private static byte[] expected(byte[] before) {
            byte[] expected = new byte[before.length + 1];
            expected[0] = '=';
            System.arraycopy(before, 0, expected, 1, before.length);
            return expected;
        }
    }
}
