package io.meridian.edge.adapter.redis;

import io.netty.util.concurrent.ScheduledFuture;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a cluster: which master has which slots, and that the region's mark stands in each of them.
 *
 * <p>A mark stands in every slot. A master that was restarted empty has none; a slot that was given to another master without its data, as
 * happens when a cluster is repaired after a loss, has none although its new master has others; a slot that was moved has brought its mark
 * along. So each slot that comes to a master is looked at before anything is read from it there, once; after that each connection looks
 * at one slot of its master about every second, because what a process forgets it forgets as a whole.
 *
 * <p>The nodes are asked about every second, and soon after trouble. Only a node that holds the cluster for healthy is believed, so that one
 * that is cut off from the others does not lead back to old masters. The table may be read by any thread; all else happens on one event loop.
 */
final class ClusterView {
    private static final Logger LOG = Logger.getLogger(ClusterView.class);
    /** However much trouble is told, not asked again sooner. */
    private static final int LEAST_PAUSE_MILLIS = 100;
    /** So many marks are looked at in one flush. */
    private static final int MARKS_AT_ONCE = 512;

    private final ContextInternal context;
    private final RedisSettings settings;
    private final RegionMarker marker;
    private final RedisCounters counters;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile SlotTable table = SlotTable.EMPTY;

    private boolean closed;
    private boolean looking;
    private boolean troubled;
    private int turn;
    private @Nullable Inquiry node;
    private Endpoint asked;
    private @Nullable ScheduledFuture<?> next;

    ClusterView(ContextInternal context, RedisSettings settings, RegionMarker marker, RedisCounters counters) {
        this.context = context;
        this.settings = settings;
        this.marker = marker;
        this.counters = counters;
        this.asked = settings.access().seeds().get(0);
    }

    /** The last one known. Any thread. */
    SlotTable table() {
        return table;
    }

    RegionMarker marker() {
        return marker;
    }

    /** Told on the view's event loop whenever there is another table. Any thread. */
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void start() {
        context.runOnContext(ignored -> look());
    }

    /** Something was not where the table says: it is asked anew soon. Any thread. */
    void troubled() {
        context.runOnContext(ignored -> {
            if (looking) {
                troubled = true;
            } else {
                schedule(LEAST_PAUSE_MILLIS);
            }
        });
    }

    void close() {
        context.runOnContext(ignored -> {
            closed = true;
            if (next != null) {
                next.cancel(false);
            }
            leave();
        });
    }

    private void schedule(int millis) {
        if (closed) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        next = context.nettyEventLoop().schedule(this::look, millis, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (closed || looking) {
            return;
        }
        looking = true;
        troubled = false;
        context.dispatch(() -> connected().compose(this::ask).onComplete(result -> {
            looking = false;
            if (result.failed() || !result.result()) {
                counters.failedLooks.increment();
                leave();
                schedule(LEAST_PAUSE_MILLIS);
            } else {
                schedule(troubled ? LEAST_PAUSE_MILLIS : settings.checkMillis());
            }
        }));
    }

    private Future<Inquiry> connected() {
        if (node != null) {
            return Future.succeededFuture(node);
        }
        List<Endpoint> candidates = candidates();
        asked = candidates.get(Math.floorMod(turn++, candidates.size()));
        return Inquiry.open(context.owner(), settings, asked).onSuccess(opened -> {
            node = opened;
            if (closed) {
                leave();
            }
        });
    }

    private List<Endpoint> candidates() {
        Set<Endpoint> all = new LinkedHashSet<>(table.masters());
        all.addAll(settings.access().seeds());
        return List.copyOf(all);
    }

    private void leave() {
        if (node != null) {
            node.close();
            node = null;
        }
    }

    /** False if the node's answer cannot be believed. */
    private Future<Boolean> ask(Inquiry of) {
        Request health = Request.cmd(Command.CLUSTER).arg("INFO");
        Request slots = Request.cmd(Command.CLUSTER).arg("SLOTS");
        return of.ask(List.of(health, slots)).compose(answers -> {
            Response state = answers.get(0);
            Response ranges = answers.get(1);
            if (state == null || ranges == null || !state.toString().contains("cluster_state:ok")) {
                return Future.succeededFuture(false);
            }
            SlotTable read = SlotTable.read(ranges, asked, table);
            if (read == null) {
                return Future.succeededFuture(false);
            }
            boolean same = read.sameOwners(table);
            return same && table.isWhole()
                    ? Future.succeededFuture(true)
                    : withMarks(same ? table : read).map(this::publish);
        });
    }

    private boolean publish(SlotTable found) {
        if (found != table && !closed) {
            LOG.infof(
                    "The cluster has %d masters; its slots %s",
                    found.masters().size(),
                    found.isWhole() ? "all carry the region's mark" : "do not all carry the region's mark");
            table = found;
            listeners.forEach(Runnable::run);
        }
        return true;
    }

    /** Looks for the marks that were not found yet; a master that cannot be asked has none for now. */
    private Future<SlotTable> withMarks(SlotTable read) {
        List<Future<BitSet>> each = new ArrayList<>();
        for (Endpoint master : read.masters()) {
            List<Integer> slots = read.unmarked(master);
            if (!slots.isEmpty()) {
                each.add(Inquiry.open(context.owner(), settings, master)
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
        List<Request> questions =
                some.stream().map(slot -> marker.question(slot)).toList();
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
