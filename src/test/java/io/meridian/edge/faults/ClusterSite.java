package io.meridian.edge.faults;

import io.meridian.edge.adapter.http.access.ApiKeys;
import io.meridian.edge.adapter.redis.Pseudonymiser;
import io.meridian.edge.adapter.redis.RedisGiven;
import io.meridian.edge.adapter.redis.RedisSettings;
import io.meridian.edge.adapter.redis.RegionKey;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.testing.RedisCluster;
import io.meridian.edge.testing.RedisProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A region whose profiles are in a cluster: the service in a process of its own, three masters and their replicas. */
final class ClusterSite implements AutoCloseable {
    private static final String REGION_KEY =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long START_NANOS = TimeUnit.MINUTES.toNanos(4);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RegionKey key = RegionKey.ofBase64(REGION_KEY);
    private final Pseudonymiser pseudonymiser = new Pseudonymiser(key, Pseudonymiser.FIRST_VERSION);
    private final Path folder;
    private final RedisCluster cluster = new RedisCluster();
    private final Service service;
    private final int port;

    /** Returns when the service is ready. */
    ClusterSite(Path folder) throws Exception {
        this.folder = folder;
        try {
            Site.mark(
                    key,
                    RedisSettings.of(new RedisGiven(
                            cluster.urls(),
                            "cluster",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty())));
            port = RedisProcess.freePort();
            service = start(RedisProcess.freePort());
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    RedisCluster cluster() {
        return cluster;
    }

    /** The node that holds a subject's data now. */
    int masterOf(String subject) {
        byte[] prefix = pseudonymiser.prefix(new SubjectId("customer", subject));
        int slot = ((Long) cluster.call(1, "CLUSTER", "KEYSLOT", prefix)).intValue();
        return cluster.masterOf(slot, 1);
    }

    /** Asks for a decision without a word of consent: it is personal if one is stored and can be read. */
    CompletableFuture<HttpResponse<String>> decide(String subject) {
        return call("POST", "/v1/decide", Visit.SILENT.body(subject));
    }

    /** States a consent to everything. */
    CompletableFuture<HttpResponse<String>> agree(String subject) {
        return call("PUT", "/v1/subjects/customer/" + subject + "/consent", Visit.CONSENT.body(subject));
    }

    /** Stores something to decide by, of somebody who has agreed. */
    CompletableFuture<HttpResponse<String>> know(String subject) {
        return call("PUT", "/v1/profiles/customer/" + subject, "{\"profile\":{\"tier\":\"gold\"},\"country\":\"DE\"}");
    }

    private CompletableFuture<HttpResponse<String>> call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .header("X-API-Key", Site.KEY)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    private Service start(int managementPort) throws Exception {
        Path keyFile = Files.writeString(folder.resolve("region.key"), REGION_KEY);
        Path keys = Files.writeString(
                folder.resolve("keys.jsonl"),
                "{\"id\":\"failover\",\"sha256\":\"" + ApiKeys.hash(Site.KEY)
                        + "\",\"roles\":[\"decide\",\"ingest\",\"privacy\"]}\n");
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("meridian.region", Site.REGION);
        properties.put("meridian.redis.url", cluster.urls());
        properties.put("meridian.redis.topology", "cluster");
        properties.put("meridian.region-key-file", keyFile.toString());
        properties.put("meridian.api-keys-file", keys.toString());
        properties.put("meridian.state", folder.resolve("state").toString());
        properties.put("meridian.deadline-millis", Integer.toString(Site.PATIENCE_MILLIS));
        properties.put("meridian.decision-log.directory", folder.resolve("log").toString());
        properties.put("quarkus.http.port", Integer.toString(port));
        properties.put("quarkus.management.port", Integer.toString(managementPort));
        properties.put("quarkus.shutdown.delay", "0s");
        Path output = folder.resolve("service.log");
        List<String> command = Service.command(Application.jar(), properties);
        Service started = Service.start(command, port, managementPort, output);
        boolean ready = Await.within(START_NANOS, () -> !started.alive() || started.ready());
        if (!ready || !started.alive()) {
            throw new AssertionError("the service does not start:\n" + Files.readString(output));
        }
        return started;
    }

    @Override
    public void close() throws Exception {
        try {
            service.close();
        } finally {
            cluster.close();
        }
    }
}
