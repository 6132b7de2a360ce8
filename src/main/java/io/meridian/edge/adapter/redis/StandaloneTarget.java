package io.meridian.edge.adapter.redis;

import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one Redis there is: right as soon as it carries the region's mark. */
final class StandaloneTarget implements LinkTarget {
    private final Endpoint endpoint;
    private final RegionMarker marker;

    StandaloneTarget(Endpoint endpoint, RegionMarker marker) {
        this.endpoint = endpoint;
        this.marker = marker;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public List<Request> proof() {
        return List.of(marker.question(RegionMarker.KEY));
    }

    @Override
    public Verdict judge(List<@Nullable Response> answers) {
        return marker.judge(answers.get(0));
    }

    @Override
    public boolean redirected(PendingCommand pending, String error) {
        return false;
    }

    @Override
    public void troubled() {
        // There is no other.
    }
}
