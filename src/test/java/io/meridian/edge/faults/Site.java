package io.meridian.edge.faults;

import io.meridian.edge.adapter.http.access.ApiKeys;
import io.meridian.edge.adapter.redis.Pseudonymiser;
import io.meridian.edge.adapter.redis.RedisSettings;
import io.meridian.edge.adapter.redis.RegionKey;
import io.meridian.edge.adapter.redis.RegionMarker;
import io.meridian.edge.testing.RedisProcess;
import io.meridian.edge.testing.TcpProxy;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A region: the service, its Redis behind a proxy, the host of its bundles behind another, and its disks. */
final class Site implements AutoCloseable {
    static final String REGION = "eu-central";

    /** Decides, reports, and acts for subjects. */
    static final String KEY = "faults-faults-faults-faults-faults-faults-faults";

    /** The patience of callers, milliseconds: what this machine can keep while it is busy with other things. */
    static final int PATIENCE_MILLIS = 500;

    private static final long LOG_BYTES = 4L << 20;
    private static final long STATE_BYTES = 32L << 20;
    private static final int LOG_FILE_BYTES = 16 * 1024;
    private static final long ANY_SIZE = -1;

    /** What a start may take while the machine has other things to do. */
    private static final long START_NANOS = TimeUnit.MINUTES.toNanos(4);

    private final Path folder;
    private final Path jar;
    private final MountSpace space;
    private final RedisProcess redis;
    private final TcpProxy wire;
    private final BundleHost host;
    private final RegionKey regionKey;
    private final int port = RedisProcess.freePort();
    private final int managementPort = RedisProcess.freePort();
    private @Nullable Service service;
    private SplittableRandom random = new SplittableRandom(0);
    private int outageMillis;
    private @Nullable Fault broken;
    private long fileLimit = ANY_SIZE;

    /** Everything but the service is up and marked when this returns. */
    Site(Path folder) throws Exception {
        // What an earlier run left here is of another region.
        Folders.delete(folder);
        this.folder = Files.createDirectories(folder).toAbsolutePath();
        this.jar = Application.jar();
        this.space = MountSpace.open();
        Files.createDirectories(logDisk());
        Files.createDirectories(stateDisk());
        if (space.possible()) {
            space.mount(logDisk(), LOG_BYTES);
            space.mount(stateDisk(), STATE_BYTES);
        }
        String key = Base64.getEncoder()
                .encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        this.regionKey = RegionKey.ofBase64(key);
        this.redis = RedisProcess.durable(this.folder.resolve("redis"));
        this.wire = new TcpProxy(redis.port());
        this.host = new BundleHost();
        Files.writeString(this.folder.resolve("region.key"), key);
        Files.writeString(this.folder.resolve("trust.yaml"), host.trustYaml());
        Files.writeString(
                this.folder.resolve("keys.jsonl"),
                "{\"id\":\"faults\",\"sha256\":\"" + ApiKeys.hash(KEY)
                        + "\",\"roles\":[\"decide\",\"ingest\",\"privacy\",\"operate\"]}\n");
        mark(regionKey, RedisSettings.of("redis://127.0.0.1:" + redis.port()));
    }

    /** Marks what the settings lead to as {@link #REGION}'s. */
    static void mark(RegionKey key, RedisSettings settings) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            new RegionMarker(REGION, key)
                    .mark(vertx, settings, false)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    /** Starts the service and returns when it is ready. Its state outlives it. */
    void start() throws Exception {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("meridian.region", REGION);
        properties.put("meridian.redis.url", "redis://127.0.0.1:" + wire.port());
        properties.put("meridian.region-key-file", folder.resolve("region.key").toString());
        properties.put("meridian.api-keys-file", folder.resolve("keys.jsonl").toString());
        properties.put("meridian.trust-file", folder.resolve("trust.yaml").toString());
        properties.put("meridian.source", host.address());
        properties.put("meridian.poll-interval", "1s");
        properties.put("meridian.poll-timeout", "1s");
        properties.put("meridian.state", stateDisk().resolve("state").toString());
        properties.put("meridian.deadline-millis", Integer.toString(PATIENCE_MILLIS));
        properties.put("meridian.decision-log.directory", log().toString());
        properties.put("meridian.decision-log.max-file-bytes", Integer.toString(LOG_FILE_BYTES));
        properties.put("quarkus.http.port", Integer.toString(port));
        properties.put("quarkus.management.port", Integer.toString(managementPort));
        Service started = Service.start(
                space.within(limited(Service.command(jar, properties))),
                port,
                managementPort,
                folder.resolve("service.log"));
        service = started;
        boolean ready = Await.within(START_NANOS, () -> !started.alive() || started.ready());
        if (!ready || !started.alive()) {
            throw new AssertionError("the service does not start: see " + folder + "/service.log");
        }
    }

    /** Breaks something. Nothing else may be broken. */
    void breakBy(Fault fault) throws Exception {
        broken = fault;
        fault.inject(this);
    }

    /** Mends what is broken, if something is. */
    void mend() throws Exception {
        Fault fault = broken;
        broken = null;
        if (fault != null) {
            fault.heal(this);
        }
    }

    Service service() {
        return Objects.requireNonNull(service);
    }

    /** False before the first {@link #start} and after the service has died. */
    boolean running() {
        return service != null && service.alive();
    }

    /** Where callers reach the service, whether or not it runs. */
    int port() {
        return port;
    }

    RedisProcess redis() {
        return redis;
    }

    /** Between the service and Redis. */
    TcpProxy wire() {
        return wire;
    }

    BundleHost host() {
        return host;
    }

    MountSpace space() {
        return space;
    }

    Pseudonymiser pseudonymiser() {
        return new Pseudonymiser(regionKey, Pseudonymiser.FIRST_VERSION);
    }

    Path logDisk() {
        return folder.resolve("log-disk");
    }

    /** Where the service writes its decision records. */
    Path log() {
        return logDisk().resolve("log");
    }

    Path stateDisk() {
        return folder.resolve("state-disk");
    }

    /** How long an outage lasts that nobody can end once it has begun, milliseconds. */
    int outageMillis() {
        return outageMillis;
    }

    /** A source of chance of its own for whoever asks. */
    SplittableRandom random() {
        return random.split();
    }

    /** Before a cell: what chance and time its fault has. */
    void prepare(SplittableRandom chance, int outage) {
        random = chance;
        outageMillis = outage;
    }

    /** A whole call as it goes over the wire, for callers that are not going to make it properly. */
    String oddCall() {
        String body = Visit.GRANTED.body("c-0");
        return "POST /v1/decide HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + KEY
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** How large the service may make a file from now on, bytes; -1 for any size. */
    void limitFiles(long bytes) throws Exception {
        fileLimit = bytes;
        if (running()) {
            space.run("prlimit", "--pid", Long.toString(service().pid()), fileLimit());
        }
    }

    private List<String> limited(List<String> command) {
        if (fileLimit == ANY_SIZE) {
            return command;
        }
        List<String> limited = new ArrayList<>(List.of("prlimit", fileLimit()));
        limited.addAll(command);
        return limited;
    }

    private String fileLimit() {
        // Only the soft limit: it can be raised again.
        return "--fsize=" + (fileLimit == ANY_SIZE ? "unlimited" : Long.toString(fileLimit)) + ":unlimited";
    }

    @Override
    public void close() throws Exception {
        if (service != null) {
            service.close();
        }
        wire.close();
        host.close();
        redis.close();
        space.close();
    }
}
