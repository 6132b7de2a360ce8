package io.meridian.edge.http;

import io.meridian.edge.adapter.redis.EmbeddedRedis;
import io.meridian.edge.testing.WireProxy;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A service whose Redis is behind a proxy: the wire can be watched, slowed and cut, and Redis killed. */
public final class WatchedRedis implements QuarkusTestProfile {
    static EmbeddedRedis redis;
    static WireProxy wire;

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Servers.class));
    }

    /** Starts both before the service and ends them after it. */
    public static final class Servers implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            redis = EmbeddedRedis.start();
            wire = new WireProxy(redis.port());
            return Map.of("meridian.redis.url", wire.url(), "meridian.decision-log.directory", "target/watched-log");
        }

        @Override
        public void stop() {
            wire.close();
            redis.close();
        }
    }
}
