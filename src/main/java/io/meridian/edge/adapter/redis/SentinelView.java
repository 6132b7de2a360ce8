package io.meridian.edge.adapter.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The master the sentinels name: right while it says itself that it is one, and carries the region's mark. A replica is not read, for it may not
 * know of a withdrawal yet; one that was a master until now refuses changes, which end unavailable, and the sentinels are asked anew.
 *
 * <p>No link is moved on a sentinel's word alone, which may be out of date: whom it names is asked first, and another sentinel if that is no
 * master.
 */
final class SentinelView extends TopologyWatch implements LinkTarget {
    private static final Logger LOG = Logger.getLogger(SentinelView.class);

    /** How a search ends if a sentinel has never heard of the master. */
    static final String UNKNOWN = "the sentinels know no master of this name";
    /** How a search ends if whom a sentinel names does not say itself that it is a master. */
    static final String NO_MASTER = "whom the sentinels name is no master";

    private final RegionMarker marker;
    private volatile @Nullable Endpoint master;

    SentinelView(ContextInternal context, RedisSettings settings, RegionMarker marker, RedisCounters counters) {
        super(context, settings, counters);
        this.marker = marker;
    }

    @Override
    List<Endpoint> candidates() {
        return settings.access().seeds();
    }

    @Override
    Future<Inquiry> open(Endpoint candidate) {
        return Inquiry.openUngreeted(context.owner(), settings, candidate);
    }

    @Override
    Future<Boolean> ask(Inquiry of) {
        return named(of)
                .compose(found -> found.equals(master)
                        ? Future.succeededFuture(true)
                        : confirmed(context.owner(), settings, found).map(confirmed -> {
                            if (isClosed()) {
                                return true;
                            }
                            LOG.infof("The sentinels name the master %s", confirmed);
                            master = confirmed;
                            changed();
                            return true;
                        }));
    }

    /** The master that some sentinel names, asked one after the other, and that says itself that it is one. */
    static Future<Endpoint> find(Vertx vertx, RedisSettings settings) {
        Future<Endpoint> found = Future.failedFuture("no sentinel");
        for (Endpoint sentinel : settings.access().seeds()) {
            found = found.recover(ignored -> Inquiry.openUngreeted(vertx, settings, sentinel)
                    .compose(of -> named(of).onComplete(done -> of.close()))
                    .compose(named -> confirmed(vertx, settings, named)));
        }
        return found;
    }

    /** Sentinels often know no users although their master does; those that do are told who we are. */
    private static Future<Endpoint> named(Inquiry of) {
        Request question =
                Request.cmd(Command.SENTINEL).arg("GET-MASTER-ADDR-BY-NAME").arg(of.masterName());
        return of.ask(List.of(question))
                .recover(failure -> RedisErrors.is(failure, "NOAUTH")
                        ? of.authenticate().compose(ignored -> of.ask(List.of(question)))
                        : Future.failedFuture(failure))
                .compose(answers -> {
                    Response address = answers.get(0);
                    return address == null || address.size() != 2
                            ? Future.failedFuture(UNKNOWN)
                            : Future.succeededFuture(of.endpoint()
                                    .at(
                                            address.get(0).toString(),
                                            address.get(1).toInteger()));
                });
    }

    /** Fails unless it says itself that it is a master. */
    private static Future<Endpoint> confirmed(Vertx vertx, RedisSettings settings, Endpoint named) {
        return Inquiry.open(vertx, settings, named)
                .compose(of -> of.ask(List.of(Request.cmd(Command.ROLE))).onComplete(done -> of.close()))
                .compose(answers ->
                        isMaster(answers.get(0)) ? Future.succeededFuture(named) : Future.failedFuture(NO_MASTER));
    }

    private static boolean isMaster(@Nullable Response role) {
        return role != null
                && role.type() == ResponseType.MULTI
                && role.size() > 0
                && "master".equals(String.valueOf(role.get(0)));
    }

    @Override
    public @Nullable Endpoint endpoint() {
        return master;
    }

    @Override
    public List<Request> proof() {
        List<Request> proof = new ArrayList<>(2);
        proof.add(marker.question(RegionMarker.KEY));
        proof.add(Request.cmd(Command.ROLE));
        return proof;
    }

    @Override
    public Verdict judge(List<@Nullable Response> answers) {
        return isMaster(answers.get(1)) ? marker.judge(answers.get(0)) : Verdict.WRONG;
    }

    @Override
    public boolean redirected(PendingCommand pending, String error) {
        if (error.contains("READONLY")) {
            trouble();
        }
        return false;
    }

    @Override
    public void troubled() {
        trouble();
    }
}
