package io.meridian.edge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A real master with a replica, and three sentinels that watch them. Nodes are numbered from 0; the first begins as the master. */
public final class RedisSentinels implements AutoCloseable {
    /** The name the sentinels know the master by. */
    public static final String NAME = "profiles";

    private final List<RedisProcess> nodes = new ArrayList<>();
    private final List<RedisProcess> sentinels = new ArrayList<>();
    private final Path folder;

    /** Starts them and returns when the replica follows and every sentinel knows all others. */
    public RedisSentinels() {
        try {
            folder = Files.createTempDirectory("meridian-sentinels");
            nodes.add(node());
            nodes.add(node("--replicaof", "127.0.0.1 " + nodes.get(0).port()));
            RedisCluster.await("replica", () -> info(1, "master_link_status").equals("up"));
            for (int i = 0; i < 3; i++) {
                Path file = folder.resolve("sentinel-" + i + ".conf");
                Files.writeString(file, """
                        sentinel monitor %1$s 127.0.0.1 %2$d 2
                        sentinel down-after-milliseconds %1$s 2000
                        sentinel failover-timeout %1$s 6000
                        """.formatted(NAME, nodes.get(0).port()));
                sentinels.add(RedisProcess.plain(RedisProcess.freePort(), file.toString(), "--sentinel"));
            }
            for (RedisProcess sentinel : sentinels) {
                RedisCluster.await("sentinels", () -> knowsAll(sentinel));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean knowsAll(RedisProcess sentinel) {
        try (PlainRedis plain = new PlainRedis(sentinel.port())) {
            List<?> facts = (List<?>) plain.call("SENTINEL", "MASTER", NAME);
            Map<String, String> known = new HashMap<>();
            for (int i = 0; i + 1 < facts.size(); i += 2) {
                known.put(text(facts.get(i)), text(facts.get(i + 1)));
            }
            return "1".equals(known.get("num-slaves")) && "2".equals(known.get("num-other-sentinels"));
        }
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    private static RedisProcess node(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--save", "", "--appendonly", "no"));
        arguments.addAll(List.of("--repl-diskless-sync-delay", "0"));
        for (String argument : more) {
            arguments.addAll(List.of(argument.split(" ")));
        }
        return RedisProcess.plain(RedisProcess.freePort(), arguments.toArray(String[]::new));
    }

    /** All sentinels, as a service would be given them. */
    public String urls() {
        return sentinels.stream()
                .map(sentinel -> "redis://127.0.0.1:" + sentinel.port())
                .collect(Collectors.joining(","));
    }

    public RedisProcess node(int node) {
        return nodes.get(node);
    }

    public RedisProcess sentinel(int sentinel) {
        return sentinels.get(sentinel);
    }

    /** Asks one of the nodes. */
    public Object call(int node, Object... parts) {
        try (PlainRedis plain = new PlainRedis(nodes.get(node).port())) {
            return plain.call(parts);
        }
    }

    public boolean isMaster(int node) {
        return info(node, "role").equals("master");
    }

    private String info(int node, String field) {
        try (PlainRedis plain = new PlainRedis(nodes.get(node).port())) {
            return plain.info(field);
        }
    }

    @Override
    public void close() {
        sentinels.forEach(RedisProcess::close);
        nodes.forEach(RedisProcess::close);
        for (int i = 0; i < 3; i++) {
            folder.resolve("sentinel-" + i + ".conf").toFile().delete();
        }
        folder.toFile().delete();
    }
}
