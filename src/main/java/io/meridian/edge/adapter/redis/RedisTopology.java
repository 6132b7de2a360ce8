package io.meridian.edge.adapter.redis;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the processes of a region's Redis stand to each other. */
public enum RedisTopology {
    /** One process, or an address behind which somebody else sees to fail-over. */
    STANDALONE,
    /** Redis Cluster: slots over several masters. */
    CLUSTER,
    /** One master with replicas; sentinels say which it is. */
    SENTINEL;

    /** The one of this name in lower case, null if there is none. */
    static @Nullable RedisTopology named(String name) {
        for (RedisTopology topology : values()) {
            if (topology.toString().equals(name)) {
                return topology;
            }
        }
        return null;
    }

    /** Its name as operators write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
