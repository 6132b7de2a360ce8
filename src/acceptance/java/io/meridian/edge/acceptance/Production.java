package io.meridian.edge.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** What a region needs outside a demonstration: a marked Redis with customers, a region key, API keys. All made by the command line. */
final class Production implements AutoCloseable {
    private static final String REGION = "eu-central";

    private final Path folder;
    private final Process redis;
    private final int port;
    private final String key;
    private final String adminKey;

    /** Blocks until Redis answers, carries the region's mark and holds a thousand customers. */
    Production(Path folder) throws Exception {
        this.folder = folder;
        File binary = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        redis = new ProcessBuilder(binary.getPath(), "--port", "" + port, "--bind", "127.0.0.1", "--save", "")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        try {
            awaitRedis();
            byte[] secret = new byte[32];
            new SecureRandom().nextBytes(secret);
            Files.writeString(keyFile(), Base64.getEncoder().encodeToString(secret));
            key = newKey(folder.resolve("api-keys"), "decide", "ingest", "privacy");
            adminKey = newKey(folder.resolve("admin-keys"), "operate");
            Path customers = folder.resolve("customers.ndjson");
            fine("demo-data", "--count=1000", "--region=" + REGION, "-o=" + customers);
            fine("mark-region", "--redis=" + url(), "--region=" + REGION, "--region-key-file=" + keyFile());
            fine(
                    "load",
                    customers.toString(),
                    "--config=" + Path.of("edge-config").toAbsolutePath(),
                    "--redis=" + url(),
                    "--region=" + REGION,
                    "--region-key-file=" + keyFile());
        } catch (Exception | AssertionError e) {
            close();
            throw e;
        }
    }

    /** A region on it; it need not answer yet. */
    Service start() throws IOException {
        return start(Service.freePorts(), folder);
    }

    /**
     * One on given ports.
     *
     * @param home its own folder for what it keeps
     */
    Service start(int[] ports, Path home) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("MERIDIAN_REGION_KEY_FILE", keyFile().toString());
        environment.put("MERIDIAN_ADMIN_KEYS_FILE", folder.resolve("admin-keys").toString());
        environment.put("MERIDIAN_API_KEYS_FILE", folder.resolve("api-keys").toString());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        return Service.start(ports, home, environment, "--region=" + REGION, "--redis=" + url());
    }

    /** Decides, ingests, and acts for subjects. */
    String key() {
        return key;
    }

    /** Operates by the administration's port. */
    String adminKey() {
        return adminKey;
    }

    private Path keyFile() {
        return folder.resolve("region.key");
    }

    private String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Makes a key, lists it in a file, and returns what a caller sends. */
    private String newKey(Path file, String... roles) throws IOException {
        List<String> command = new ArrayList<>(List.of("new-key", "--id=tests"));
        for (String role : roles) {
            command.add("--role=" + role);
        }
        String made = fine(command.toArray(String[]::new)).out();
        Files.writeString(file, after("store:", made) + "\n");
        return after("key:", made);
    }

    private static String after(String word, String text) {
        return text.lines()
                .filter(line -> line.startsWith(word))
                .map(line -> line.substring(word.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    private Executable.Ran fine(String... command) {
        Executable.Ran ran = Executable.run(folder, command);
        assertEquals(0, ran.exit(), ran.toString());
        return ran;
    }

    private void awaitRedis() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline || !redis.isAlive()) {
                    throw e;
                }
                Thread.sleep(10);
            }
        }
    }

    @Override
    public void close() {
        redis.destroyForcibly();
    }
}
