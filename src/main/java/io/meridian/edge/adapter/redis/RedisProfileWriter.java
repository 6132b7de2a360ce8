package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.ProfileWriter;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Changes profiles, consent and counters: each act is one script, over a connection of its own.
 *
 * <p>In a cluster and with sentinels a master's replicas follow it without being waited for, so that what it has said yes to can be lost when it
 * fails. A statement of consent or an erasure counts as made only when a replica has it too ({@code WAIT 1}); where none confirms that, it stands on
 * the master but ends unavailable, and is to be repeated. It can still be lost if a replica without it is made master while one with it is
 * there, or if both processes are lost at once. Profiles and counters are not waited for: the last moments of them may be lost with a master.
 *
 * <p>A class may be written if the permission leaves it open and, by its masks, the stored consent opens it (as in a read); deleting is
 * always permitted. Nothing is written to a subject whose tombstone stands, but a consent that agrees to something later. Values are
 * expected to have passed {@link ProfileValues}. Stages complete on the caller's context, or on an event loop if there is none.
 */
public final class RedisProfileWriter implements ProfileWriter, AutoCloseable {
    private static final int PROFILE_CLASSES = DataClass.ALL_BITS & ~DataClass.EXPOSURE.bit();
    private static final int EVENT_HASH_BYTES = 16;

    private final Pseudonymiser pseudonymiser;
    private final RedisCounters counters;
    private final RedisRoutes routes;
    private final RedisRoutes consentRoutes;
    private final ScriptCaller caller;
    private final ScriptCaller consents;
    private final ProfileChange.Means means;

    /** Begins to connect at once. */
    public RedisProfileWriter(
            Vertx vertx,
            RedisSettings settings,
            RegionMarker marker,
            Pseudonymiser pseudonymiser,
            RedisCounters counters) {
        this.pseudonymiser = pseudonymiser;
        this.counters = counters;
        this.routes = RedisRoutes.single(vertx, settings, marker, Scripts.WRITING, counters);
        this.caller = ScriptCaller.plain(routes.any(), settings.writeMillis());
        if (settings.access().topology() == RedisTopology.STANDALONE) {
            this.consentRoutes = routes;
            this.consents = caller;
        } else {
            this.consentRoutes = RedisRoutes.single(vertx, settings, marker, Scripts.CONSENTING, counters);
            this.consents =
                    ScriptCaller.confirmed(consentRoutes.any(), settings.writeMillis(), counters.unconfirmedConsents);
        }
        this.means = new ProfileChange.Means(vertx, caller, counters);
    }

    /** True if there is a connection to a Redis with the region's mark. */
    public boolean ready() {
        return routes.ready() && consentRoutes.ready();
    }

    @Override
    public CompletionStage<Outcome> replace(
            AttributeContract contract, SubjectId subject, Map<String, Object> values, Permission permission) {
        ProfileEncoder encoder = new ProfileEncoder(contract);
        byte[] prefix = pseudonymiser.prefix(subject);
        List<byte[]> keys = new ArrayList<>(List.of(Pseudonymiser.consentKey(prefix)));
        PutArguments arguments = new PutArguments(contract);
        for (int i = 0; i < DataClass.count(); i++) {
            DataClass dataClass = DataClass.at(i);
            if (dataClass.in(PROFILE_CLASSES)) {
                byte[] value = encoder.encode(dataClass, values);
                if (value.length > 0 && !dataClass.in(permission.classes())) {
                    return CompletableFuture.completedStage(Outcome.NOT_PERMITTED);
                }
                keys.add(Pseudonymiser.classKey(prefix, i));
                arguments.replace(dataClass, value, permission);
            }
        }
        return told(caller.call(Scripts.PUT, keys, arguments.all()).thenApply(ScriptCaller::outcome));
    }

    @Override
    public CompletionStage<Outcome> change(
            AttributeContract contract,
            SubjectId subject,
            Map<String, @Nullable Object> values,
            Permission permission) {
        ProfileEncoder encoder = new ProfileEncoder(contract);
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
        List<byte[]> keys = keys(pseudonymiser.prefix(subject), touched);
        return told(new ProfileChange(means, contract, keys, values, touched, written, permission).start());
    }

    @Override
    public CompletionStage<Outcome> storeConsent(SubjectId subject, StoredConsent consent, int closedClasses) {
        byte[] prefix = pseudonymiser.prefix(subject);
        List<byte[]> arguments = List.of(
                ConsentCodec.encode(consent, closedClasses),
                ScriptCaller.bytes(consent.given()),
                ScriptCaller.bytes(consent.explicit()),
                ScriptCaller.bytes(consent.refused()),
                ScriptCaller.bytes(consent.updatedAt()),
                ScriptCaller.bytes(closedClasses));
        return told(consents.call(Scripts.STORE_CONSENT, keys(prefix, closedClasses), arguments)
                .thenApply(letter -> counted(ScriptCaller.outcome(letter))));
    }

    @Override
    public CompletionStage<Outcome> erase(SubjectId subject, long erasedAt, long tombstoneSeconds) {
        byte[] tombstone = ConsentCodec.encode(StoredConsent.tombstone(erasedAt), DataClass.ALL_BITS);
        List<byte[]> arguments = List.of(tombstone, ScriptCaller.bytes(Math.max(1, tombstoneSeconds)));
        return told(consents.call(Scripts.ERASE, keys(pseudonymiser.prefix(subject), DataClass.ALL_BITS), arguments)
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
        routes.close();
        if (consentRoutes != routes) {
            consentRoutes.close();
        }
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
        return told(
                caller.call(Scripts.EVENT, keys, arguments).thenApply(letter -> counted(ScriptCaller.outcome(letter))));
    }

    private Outcome counted(Outcome outcome) {
        if (outcome == Outcome.OUTDATED) {
            counters.outdatedConsents.increment();
        } else if (outcome == Outcome.FORGOTTEN) {
            counters.forgottenEvents.increment();
        }
        return outcome;
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
}
