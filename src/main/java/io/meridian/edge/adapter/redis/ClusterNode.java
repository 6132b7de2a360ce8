package io.meridian.edge.adapter.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A master of a cluster: right while the region's mark stands in a slot it owns. Follows redirections for its route. */
final class ClusterNode implements LinkTarget {
    private final Endpoint endpoint;
    private final ClusterView view;
    private final ClusterRoute route;

    ClusterNode(Endpoint endpoint, ClusterView view, ClusterRoute route) {
        this.endpoint = endpoint;
        this.view = view;
        this.route = route;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    /**
     * A node without slots, to which some are being moved, has nothing that it could have forgotten; it is asked something that a user who
     * looks for the masters may ask.
     */
    @Override
    public List<Request> proof() {
        int slot = view.table().telling(endpoint);
        return List.of(
                slot < 0
                        ? Request.cmd(Command.CLUSTER).arg("INFO")
                        : view.marker().question(RegionMarker.key(slot)));
    }

    @Override
    public Verdict judge(List<@Nullable Response> answers) {
        Response answer = answers.get(0);
        return answer != null && answer.toString().startsWith("cluster_")
                ? Verdict.RIGHT
                : view.marker().judge(answer);
    }

    @Override
    public boolean lacksMarks() {
        SlotTable table = view.table();
        return !table.isWhole() && !table.unmarked(endpoint).isEmpty();
    }

    @Override
    public boolean redirected(PendingCommand pending, String error) {
        boolean moved = error.startsWith("MOVED ");
        if (moved || error.contains("MOVED ") || error.contains("CLUSTERDOWN")) {
            view.trouble();
        }
        // One redirection is followed; a second would mean that nobody knows, and the decision has waited once already.
        if (pending.request == null || pending.redirected || !moved && !error.startsWith("ASK ")) {
            return false;
        }
        int space = error.indexOf(' ', error.indexOf(' ') + 1);
        int colon = error.lastIndexOf(':');
        if (space < 0 || colon < space) {
            return false;
        }
        try {
            int slot = Integer.parseInt(error.substring(error.indexOf(' ') + 1, space));
            String host = error.substring(space + 1, colon);
            int port = Integer.parseInt(error.substring(colon + 1).strip());
            if (slot < 0 || slot >= Slots.COUNT) {
                return false;
            }
            pending.redirected = true;
            return route.follow(pending, endpoint.at(host.isEmpty() ? endpoint.host() : host, port), slot, !moved);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    @Override
    public void troubled() {
        view.trouble();
    }
}
