package io.meridian.edge.adapter.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * What is known of a cluster: which master has which slots, and that the region's mark stands in each of them.
 *
 * <p>A mark stands in every slot. A master that was restarted empty has none; a slot that was given to another master without its data, as
 * happens when a cluster is repaired after a loss, has none although its new master has others; a slot that was moved has brought its mark
 * along. So each slot that comes to a master is looked at before anything is read from it there, once; after that each connection looks
 * at one slot of its master about every second, because what a process forgets it forgets as a whole.
 *
 * <p>Only a node that holds the cluster for healthy is believed, so that one that is cut off from the others does not lead back to old
 * masters.
 */
final class ClusterView extends TopologyWatch {
    private static final Logger LOG = Logger.getLogger(ClusterView.class);
    /** How a look fails at a node that does not hold the cluster for healthy. */
    static final String UNHEALTHY = "the cluster is not healthy";
    /** So long new owners wait for the marks to be found, as they are at once where no master hangs. */
    private static final int MARKS_MILLIS = 250;

    private final RegionMarker marker;
    private final MarkSearch search;
    private volatile SlotTable table = SlotTable.EMPTY;
    /** What was read last and is not published yet; else the table. */
    private SlotTable latest = SlotTable.EMPTY;

    ClusterView(ContextInternal context, RedisSettings settings, RegionMarker marker, RedisCounters counters) {
        super(context, settings, counters);
        this.marker = marker;
        this.search = new MarkSearch(marker, this::open, this::found);
    }

    /** The last one known. Any thread. */
    SlotTable table() {
        return table;
    }

    RegionMarker marker() {
        return marker;
    }

    @Override
    List<Endpoint> candidates() {
        Set<Endpoint> all = new LinkedHashSet<>(table.masters());
        all.addAll(settings.access().seeds());
        return List.copyOf(all);
    }

    @Override
    Future<Inquiry> open(Endpoint candidate) {
        return Inquiry.open(context.owner(), settings, candidate);
    }

    /** New owners count as soon as their marks are found, or soon anyway: those that are found later follow. */
    @Override
    Future<Boolean> ask(Inquiry of) {
        return look(of, table).compose(read -> {
            if (isClosed()) {
                return Future.succeededFuture(true);
            }
            if (read.sameOwners(table)) {
                search.begin(table);
                return Future.succeededFuture(true);
            }
            latest = read;
            // One of this context's, so that what follows happens on it, whoever is first.
            Promise<Boolean> soon = context.promise();
            search.begin(read).onComplete(ignored -> soon.tryComplete(true));
            context.nettyEventLoop().schedule(() -> soon.tryComplete(true), MARKS_MILLIS, TimeUnit.MILLISECONDS);
            return soon.future().onSuccess(ignored -> publish(latest));
        });
    }

    private void found(SlotTable in, BitSet slots) {
        // What was found at a slot's last master says nothing of it at the next.
        if (in.sameReading(latest)) {
            boolean published = latest.sameReading(table);
            latest = latest.marked(slots);
            if (published) {
                publish(latest);
            }
        }
    }

    /** The table a node answers with; fails if it is none, or the node does not hold the cluster for healthy. */
    static Future<SlotTable> look(Inquiry of, SlotTable before) {
        Request health = Request.cmd(Command.CLUSTER).arg("INFO");
        Request slots = Request.cmd(Command.CLUSTER).arg("SLOTS");
        return of.ask(List.of(health, slots)).compose(answers -> {
            Response state = answers.get(0);
            Response ranges = answers.get(1);
            boolean healthy = state != null && state.toString().contains("cluster_state:ok");
            SlotTable read = healthy && ranges != null ? SlotTable.read(ranges, of.endpoint(), before) : null;
            return read == null ? Future.failedFuture(UNHEALTHY) : Future.succeededFuture(read);
        });
    }

    private void publish(SlotTable found) {
        if (isClosed()) {
            return;
        }
        if (found.isWhole() || !found.sameReading(table)) {
            LOG.infof(
                    "The cluster has %d masters; %s",
                    found.masters().size(),
                    found.isWhole()
                            ? "all slots carry the region's mark"
                            : "looking for the region's mark in " + found.unmarkedSlots() + " slots");
        }
        table = found;
        changed();
    }
}
