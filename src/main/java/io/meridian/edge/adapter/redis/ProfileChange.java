package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.ProfileWriter.Outcome;
import io.meridian.edge.core.profile.ProfileWriter.Permission;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One change of some attributes: reads, merges, and writes if nobody wrote in between; else begins again. Of several at once one always
 * gets through, so that a change among n others needs at most n tries. It ends unavailable, having changed nothing, after
 * {@value #MAX_TRIES} tries or when {@value #MILLIS} ms are over; only if the last write went without an answer it may have been made.
 */
final class ProfileChange {
    /** How often it is tried: more writers of one subject at once are a caller's mistake. */
    static final int MAX_TRIES = 24;

    /** How long all its tries may take together. */
    static final int MILLIS = 2000;

    /** Tries without a pause in between. */
    private static final int AT_ONCE = 4;

    private static final byte[] NOTHING = new byte[0];

    /** What every change needs. */
    record Means(Vertx vertx, ScriptCaller caller, RedisCounters counters) {}

    private final Means means;
    private final AttributeContract contract;
    private final List<byte[]> keys;
    private final Map<String, @Nullable Object> values;
    private final int written;
    private final Permission permission;
    private final CompletableFuture<Outcome> done = new CompletableFuture<>();
    private final List<DataClass> classes = new ArrayList<>();
    private final long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    private int tries;

    /**
     * @param contract of the bundle by which the values were checked
     * @param keys the stored consent's, then those of the classes touched
     * @param values null removes one
     * @param touched mask of the classes the values are of
     * @param written of these, those to which something is added
     */
    ProfileChange(
            Means means,
            AttributeContract contract,
            List<byte[]> keys,
            Map<String, @Nullable Object> values,
            int touched,
            int written,
            Permission permission) {
        this.means = means;
        this.contract = contract;
        this.keys = keys;
        this.values = values;
        this.written = written;
        this.permission = permission;
        for (int i = 0; i < DataClass.count(); i++) {
            if (DataClass.at(i).in(touched)) {
                classes.add(DataClass.at(i));
            }
        }
    }

    /** To be called once. Completes on the link's event loop. */
    CompletableFuture<Outcome> start() {
        attempt();
        return done;
    }

    private void attempt() {
        int left = millisLeft();
        if (left <= 0) {
            giveUp();
            return;
        }
        means.caller().values(keys, left).whenComplete((stored, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else if (stored == null) {
                unanswered();
            } else if (!wellFormed(stored)) {
                means.counters().malformed.increment();
                done.complete(Outcome.UNAVAILABLE);
            } else {
                merge(stored);
            }
        });
    }

    /** True of a value or nothing per key. Anything else is no answer to what was asked. */
    private boolean wellFormed(Response stored) {
        if (stored.type() != ResponseType.MULTI || stored.size() != keys.size()) {
            return false;
        }
        for (int i = 0; i < keys.size(); i++) {
            Response value = stored.get(i);
            if (value != null && value.type() != ResponseType.BULK) {
                return false;
            }
        }
        return true;
    }

    private void merge(Response stored) {
        PutArguments arguments = new PutArguments(contract);
        try {
            for (int i = 0; i < classes.size(); i++) {
                DataClass dataClass = classes.get(i);
                Response found = stored.get(i + 1);
                byte[] before = found == null ? NOTHING : found.toBytes();
                byte[] after = new ProfileEncoder(contract).merge(dataClass, before, values);
                if (dataClass.in(written)) {
                    arguments.extend(dataClass, before, after, permission);
                } else {
                    arguments.reduce(before, after);
                }
            }
        } catch (IOException e) {
            // Written by a later version, or damaged: to begin anew would lose what may still be good.
            means.counters().damagedChanges.increment();
            done.complete(Outcome.DAMAGED);
            return;
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
            return;
        }
        put(arguments);
    }

    private void put(PutArguments arguments) {
        int left = millisLeft();
        if (left <= 0) {
            giveUp();
            return;
        }
        means.caller().call(Scripts.PUT, keys, arguments.all(), left).whenComplete((letter, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else if (letter != null && letter.toString().equals("R")) {
                again();
            } else if (letter == null) {
                unanswered();
            } else {
                done.complete(ScriptCaller.outcome(letter));
            }
        });
    }

    private void again() {
        means.counters().retriedWrites.increment();
        tries++;
        if (tries >= MAX_TRIES) {
            giveUp();
        } else if (tries < AT_ONCE) {
            attempt();
        } else {
            long pause = ThreadLocalRandom.current().nextLong(1, 2 + tries);
            means.vertx().setTimer(pause, ignored -> attempt());
        }
    }

    private void unanswered() {
        if (tries > 0 && millisLeft() <= 0) {
            giveUp();
        } else {
            done.complete(Outcome.UNAVAILABLE);
        }
    }

    private void giveUp() {
        means.counters().exhaustedWrites.increment();
        done.complete(Outcome.UNAVAILABLE);
    }

    private int millisLeft() {
        return (int) TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
    }
}
