package io.meridian.edge.adapter.redis;

import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The way where subjects are spread over the masters of a cluster: one link to each. A dead master hurts nobody whose slot is with
 * another.
 */
final class ClusterRoute implements Route {
    /** Links to nodes beyond those of the table, to which slots are being moved. */
    private static final int MAX_STRANGERS = 16;

    /** A table and the links to its masters, by their index. */
    private record Ways(SlotTable table, RedisLink[] links) {}

    private final ContextInternal context;
    private final RedisSettings settings;
    private final ClusterView view;
    private final List<Script> scripts;
    private final RedisCounters counters;
    private final Map<Endpoint, RedisLink> links = new HashMap<>();
    private volatile Ways ways = new Ways(SlotTable.EMPTY, new RedisLink[0]);
    private boolean closed;

    ClusterRoute(
            ContextInternal context,
            RedisSettings settings,
            ClusterView view,
            List<Script> scripts,
            RedisCounters counters) {
        this.context = context;
        this.settings = settings;
        this.view = view;
        this.scripts = scripts;
        this.counters = counters;
    }

    @Override
    public ContextInternal context() {
        return context;
    }

    @Override
    public void start() {
        view.listen(() -> context.runOnContext(ignored -> adopt()));
        adopt();
    }

    @Override
    public void close() {
        closed = true;
        links.values().forEach(RedisLink::close);
        links.clear();
    }

    @Override
    public void send(byte[] key, Request request, PendingCommand pending, int timeoutMillis) {
        Ways now = ways;
        int slot = Slots.of(key);
        if (admits(now, slot, pending)) {
            now.links[now.table.owner(slot)].send(request, pending, timeoutMillis);
        }
    }

    @Override
    public void send(byte[] key, List<Request> requests, PendingBatch pending, int timeoutMillis) {
        Ways now = ways;
        int slot = Slots.of(key);
        if (admits(now, slot, pending)) {
            now.links[now.table.owner(slot)].send(requests, pending, timeoutMillis);
        }
    }

    /** False if the command was ended here. */
    private boolean admits(Ways now, int slot, PendingCommand pending) {
        if (now.table.isMarked(slot) && !closed) {
            return true;
        }
        counters.rejected.increment();
        boolean unknown = closed || now.table.owner(slot) < 0;
        pending.settle(unknown ? PendingCommand.End.UNAVAILABLE : PendingCommand.End.UNMARKED, null);
        return false;
    }

    /**
     * Sends a command on to the node that Redis named.
     *
     * @param asking true if the slot is being moved to it, false if it has come to it
     * @return false if that cannot be done now
     */
    boolean follow(PendingCommand pending, Endpoint to, int slot, boolean asking) {
        RedisLink link = links.get(to);
        if (link == null) {
            if (closed || links.size() >= ways.table.masters().size() + MAX_STRANGERS) {
                return false;
            }
            link = link(to);
        }
        long left = TimeUnit.NANOSECONDS.toMillis(pending.deadlineNanos - System.nanoTime());
        Request command = pending.request;
        if (!link.ready() || left <= 0 || command == null) {
            return false;
        }
        counters.redirected.increment();
        Redirection redirection =
                new Redirection(pending, command, view.marker().question(RegionMarker.key(slot)), asking);
        redirection.follow(link, view.marker(), (int) left);
        return true;
    }

    /** Takes up the view's table: links to masters that are new, none to those that have gone. */
    private void adopt() {
        SlotTable table = view.table();
        if (closed || table == ways.table) {
            return;
        }
        links.entrySet().removeIf(entry -> {
            boolean gone = !table.masters().contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        RedisLink[] byMaster = new RedisLink[table.masters().size()];
        for (int i = 0; i < byMaster.length; i++) {
            RedisLink known = links.get(table.masters().get(i));
            byMaster[i] = known == null ? link(table.masters().get(i)) : known;
            byMaster[i].count();
        }
        ways = new Ways(table, byMaster);
    }

    private RedisLink link(Endpoint to) {
        RedisLink link = new RedisLink(context, settings, new ClusterNode(to, view, this), scripts, counters);
        links.put(to, link);
        link.start();
        return link;
    }

    @Override
    public boolean ready() {
        Ways now = ways;
        for (RedisLink link : now.links) {
            if (!link.ready()) {
                return false;
            }
        }
        return now.table.isWhole();
    }

    @Override
    public boolean unmarked() {
        Ways now = ways;
        for (RedisLink link : now.links) {
            if (link.unmarked()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int lane(byte[] key) {
        return ways.table.owner(Slots.of(key));
    }

    @Override
    public int layout() {
        return ways.table.version();
    }
}
