package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.core.profile.ProfileStore;
import io.meridian.edge.core.profile.ReadPlan;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import org.jspecify.annotations.Nullable;

/** A read in flight: decodes the answer into the caller's profile and tells the caller, never before the read call has returned. */
final class PendingRead extends PendingCommand implements ReadAnswer {
    private final ContextInternal caller;
    private final ReadPlan plan;
    private final Profile into;
    private final ProfileStore.Listener listener;
    private final ProfileDecoder decoder;
    private final RedisCounters counters;
    private boolean started;
    private @Nullable Response answer;

    PendingRead(
            ContextInternal caller,
            ReadPlan plan,
            Profile into,
            ProfileStore.Listener listener,
            ProfileDecoder decoder,
            RedisCounters counters) {
        this.caller = caller;
        this.plan = plan;
        this.into = into;
        this.listener = listener;
        this.decoder = decoder;
        this.counters = counters;
    }

    /** The read call is about to return. */
    void started() {
        started = true;
        if (settled) {
            caller.runOnContext(ignored -> listener.readEnded(into));
        }
    }

    @Override
    boolean isRead() {
        return true;
    }

    @Override
    void answered(@Nullable Response response) {
        answer = response;
        boolean understood = wellFormed(response) && decoder.read(this, plan, into);
        if (!understood) {
            counters.malformed.increment();
            ProfileDecoder.forget(plan.classes(), plan.layout(), into);
        }
        end(understood ? Profile.Status.OK : Profile.Status.MALFORMED);
    }

    /** True of the consent and a value or nothing per class; a class that is not open is a number. Anything else is no answer to a read. */
    private boolean wellFormed(@Nullable Response response) {
        int size = 1 + Integer.bitCount(plan.classes());
        if (response == null || response.type() != ResponseType.MULTI || response.size() != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            Response value = response.get(i);
            boolean known =
                    value == null || value.type() == ResponseType.BULK || i > 0 && value.type() == ResponseType.NUMBER;
            if (!known) {
                return false;
            }
        }
        return true;
    }

    @Override
    void ended(End end, @Nullable Throwable failure) {
        String message = failure == null ? null : failure.getMessage();
        if (message != null && message.startsWith(Scripts.MALFORMED)) {
            counters.malformed.increment();
            end(Profile.Status.MALFORMED);
            return;
        }
        end(
                switch (end) {
                    case TIMEOUT -> Profile.Status.TIMEOUT;
                    case UNAVAILABLE -> Profile.Status.UNAVAILABLE;
                    case UNMARKED -> Profile.Status.REGION_UNMARKED;
                });
    }

    private void end(Profile.Status status) {
        into.end(status);
        if (started) {
            caller.emit(into, listener::readEnded);
        }
    }

    @Override
    public byte @Nullable [] at(int index) {
        Response value = value(index);
        return value == null ? null : value.toBytes();
    }

    @Override
    public boolean isClosed(int index) {
        Response value = value(index);
        return value != null && value.type() == ResponseType.NUMBER;
    }

    private @Nullable Response value(int index) {
        return answer == null ? null : answer.get(index);
    }
}
