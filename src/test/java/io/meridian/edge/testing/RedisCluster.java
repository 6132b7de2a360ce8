package io.meridian.edge.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A real cluster: three masters, each with a replica. Nodes are numbered from 0; the first three begin as masters. */
public final class RedisCluster implements AutoCloseable {
    public static final int MASTERS = 3;

    /** How long a node may be silent until the others hold it for failed: long enough for a machine that is busy with other tests. */
    public static final int NODE_TIMEOUT_MILLIS = 4_000;

    private static final int SLOTS = 16_384;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final List<RedisProcess> nodes = new ArrayList<>();
    /** Where each node speaks TLS; empty if none does. */
    private final List<Integer> tlsPorts = new ArrayList<>();

    /** Starts it and returns when it is healthy and every replica follows its master. */
    public RedisCluster() {
        this(false, List.of());
    }

    /**
     * One whose nodes speak TLS with each other and with all who come by {@link #tlsUrls}.
     *
     * @param more arguments of each node: its certificate, its users
     */
    public static RedisCluster overTls(List<String> more) {
        return new RedisCluster(true, more);
    }

    private RedisCluster(boolean tls, List<String> more) {
        for (int i = 0; i < 2 * MASTERS; i++) {
            List<String> arguments = new ArrayList<>(more);
            if (tls) {
                tlsPorts.add(RedisProcess.freePort());
                arguments.addAll(List.of("--tls-port", Integer.toString(tlsPorts.get(i))));
                arguments.addAll(List.of("--tls-cluster", "yes", "--tls-replication", "yes"));
            }
            arguments.addAll(List.of(
                    "--cluster-enabled",
                    "yes",
                    "--cluster-node-timeout",
                    Integer.toString(NODE_TIMEOUT_MILLIS),
                    "--cluster-replica-validity-factor",
                    "0",
                    "--cluster-require-full-coverage",
                    "no",
                    "--repl-diskless-sync-delay",
                    "0",
                    "--save",
                    "",
                    "--appendonly",
                    "no"));
            nodes.add(RedisProcess.plain(RedisProcess.freePort(), arguments.toArray(String[]::new)));
        }
        for (int i = 0; i < nodes.size(); i++) {
            call(i, "CLUSTER", "SET-CONFIG-EPOCH", i + 1);
            call(i, "CLUSTER", "MEET", "127.0.0.1", tls ? tlsPorts.get(0) : port(0));
        }
        for (int i = 0; i < MASTERS; i++) {
            List<Object> add = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            for (int slot = i * SLOTS / MASTERS; slot < (i + 1) * SLOTS / MASTERS; slot++) {
                add.add(slot);
            }
            call(i, add.toArray());
        }
        await("cluster", () -> {
            for (int i = 0; i < nodes.size(); i++) {
                String info = clusterInfo(i);
                if (!info.contains("cluster_state:ok") || !info.contains("cluster_known_nodes:" + nodes.size())) {
                    return false;
                }
            }
            return true;
        });
        for (int i = 0; i < MASTERS; i++) {
            call(MASTERS + i, "CLUSTER", "REPLICATE", id(i));
        }
        awaitReplicas();
    }

    public int port(int node) {
        return nodes.get(node).port();
    }

    public RedisProcess node(int node) {
        return nodes.get(node);
    }

    /** Two of the nodes, as a service would be given them. */
    public String urls() {
        return "redis://127.0.0.1:" + port(1) + ",redis://127.0.0.1:" + port(3);
    }

    /** Likewise, of nodes that speak TLS. */
    public String tlsUrls() {
        return "rediss://127.0.0.1:" + tlsPorts.get(1) + ",rediss://127.0.0.1:" + tlsPorts.get(3);
    }

    /** Asks one node. */
    public Object call(int node, Object... parts) {
        try (PlainRedis plain = new PlainRedis(port(node))) {
            return plain.call(parts);
        }
    }

    /** The node's id within the cluster. */
    public String id(int node) {
        return new String((byte[]) call(node, "CLUSTER", "MYID"), StandardCharsets.US_ASCII);
    }

    public boolean isMaster(int node) {
        try (PlainRedis plain = new PlainRedis(port(node))) {
            return plain.info("role").equals("master");
        }
    }

    /** The master that holds a slot by what the given node knows. */
    public int masterOf(int slot, int asked) {
        for (Object range : (List<?>) call(asked, "CLUSTER", "SLOTS")) {
            List<?> parts = (List<?>) range;
            if ((Long) parts.get(0) <= slot && slot <= (Long) parts.get(1)) {
                long port = (Long) ((List<?>) parts.get(2)).get(1);
                for (int i = 0; i < nodes.size(); i++) {
                    if (port(i) == port) {
                        return i;
                    }
                }
            }
        }
        throw new IllegalStateException("nobody has slot " + slot);
    }

    /** Until every replica has all its master has. */
    public void awaitReplicas() {
        await("replicas", () -> {
            int followers = 0;
            for (int i = 0; i < nodes.size(); i++) {
                try (PlainRedis plain = new PlainRedis(port(i))) {
                    if (plain.info("role").equals("slave")) {
                        followers += plain.info("master_link_status").equals("up") ? 1 : 0;
                    }
                }
            }
            return followers == MASTERS;
        });
    }

    /** Waits for something about it. */
    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no " + what + " within a minute");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private String clusterInfo(int node) {
        return new String((byte[]) call(node, "CLUSTER", "INFO"), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        nodes.forEach(RedisProcess::close);
    }
}
