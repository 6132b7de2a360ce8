package io.meridian.edge.adapter.redis;

import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    /** So many marks are looked at in one flush. */
    private static final int MARKS_AT_ONCE = 512;

    private final RegionMarker marker;
    private volatile SlotTable table = SlotTable.EMPTY;

    ClusterView(ContextInternal context, RedisSettings settings, RegionMarker marker, RedisCounters counters) {
        super(context, settings, counters);
        this.marker = marker;
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

    @Override
    Future<Boolean> ask(Inquiry of) {
        return look(of, table).compose(read -> {
            boolean same = read.sameOwners(table);
            return same && table.isWhole()
                    ? Future.succeededFuture(true)
                    : withMarks(same ? table : read).map(this::publish);
        });
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
            return read == null ? Future.failedFuture("no healthy node") : Future.succeededFuture(read);
        });
    }

    private boolean publish(SlotTable found) {
        if (found != table) {
            LOG.infof(
                    "The cluster has %d masters; %s",
                    found.masters().size(),
                    found.isWhole() ? "all slots carry the region's mark" : "not all slots carry the region's mark");
            table = found;
            changed();
        }
        return true;
    }

    /** Looks for the marks that were not found yet; a master that cannot be asked has none for now. */
    private Future<SlotTable> withMarks(SlotTable read) {
        List<Future<BitSet>> each = new ArrayList<>();
        for (Endpoint master : read.masters()) {
            List<Integer> slots = read.unmarked(master);
            if (!slots.isEmpty()) {
                each.add(open(master)
                        .compose(of -> marks(of, slots, 0, new BitSet()).onComplete(ignored -> of.close()))
                        .otherwise(ignored -> new BitSet()));
            }
        }
        return Future.join(each).map(ignored -> {
            BitSet all = new BitSet();
            each.forEach(found -> all.or(found.result()));
            return all.isEmpty() ? read : read.marked(all);
        });
    }

    /** Where none of a flush is marked, the rest is not looked at: such a master is asked again soon, for as long as that lasts. */
    private Future<BitSet> marks(Inquiry of, List<Integer> slots, int from, BitSet found) {
        if (from >= slots.size()) {
            return Future.succeededFuture(found);
        }
        List<Integer> some = slots.subList(from, Math.min(slots.size(), from + MARKS_AT_ONCE));
        List<Request> questions = some.stream()
                .map(slot -> marker.question(RegionMarker.key(slot)))
                .toList();
        return of.ask(questions).compose(answers -> {
            boolean any = false;
            for (int i = 0; i < some.size(); i++) {
                if (marker.judge(answers.get(i)) == LinkTarget.Verdict.RIGHT) {
                    found.set(some.get(i));
                    any = true;
                }
            }
            return any ? marks(of, slots, from + some.size(), found) : Future.succeededFuture(found);
        });
    }
}
