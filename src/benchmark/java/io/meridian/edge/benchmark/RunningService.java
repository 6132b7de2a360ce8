package io.meridian.edge.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.adapter.redis.EmbeddedRedis;
import io.meridian.edge.adapter.redis.RegionKey;
import io.meridian.edge.core.profile.AttributeContract;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The packaged service and a Redis with profiles, each in a process of its own, and somebody who asks. */
final class RunningService implements AutoCloseable {
    /** Reading and compiling a hundred thousand rules on a busy machine. */
    private static final Duration START = Duration.ofMinutes(10);

    private final Path folder = Files.createTempDirectory("meridian-benchmark");
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final EmbeddedRedis redis;
    private final ServerProcess server;
    private final OpenLoad load;
    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * Returns when the service answers.
     *
     * @param results where the service's output goes
     * @param jvmArguments after the workload's own
     * @param properties {@code meridian.…=value}, besides what every run has
     */
    RunningService(Workload workload, Path results, List<String> jvmArguments, List<String> properties)
            throws Exception {
        this(workload, Path.of("models"), results, jvmArguments, properties);
    }

    /** @param models the folder of models the service ranks with */
    RunningService(Workload workload, Path models, Path results, List<String> jvmArguments, List<String> properties)
            throws Exception {
        Files.createDirectories(config());
        AttributeContract contract = workload.write(config());
        byte[] secret = "a benchmark's region key, 32 byte".getBytes(StandardCharsets.US_ASCII);
        Path key = Files.writeString(
                folder.resolve("region.key"), Base64.getEncoder().encodeToString(secret));
        this.redis = EmbeddedRedis.start();
        Visitors.store(
                vertx, redis.url(), GeneratedBundle.REGION, new RegionKey(secret), contract, workload.profiles());
        List<String> jvm = new ArrayList<>(workload.jvmArguments());
        jvm.addAll(jvmArguments);
        List<String> all = new ArrayList<>(List.of(
                "meridian.demo=true",
                "meridian.admin.port=0",
                // A decision that ran out of time would be a cheap one.
                "meridian.deadline-millis=1000",
                "meridian.region=" + GeneratedBundle.REGION,
                "meridian.config=" + config(),
                "meridian.models=" + models,
                "meridian.state=" + folder.resolve("state"),
                "meridian.region-key-file=" + key,
                "meridian.redis.url=" + redis.url(),
                "meridian.decision-log.directory=" + folder.resolve("decision-log")));
        all.addAll(properties);
        Path log = results.resolve("server.log");
        this.server =
                ServerProcess.start(Path.of("target", "benchmark", "quarkus-app", "quarkus-run.jar"), log, jvm, all);
        this.load = new OpenLoad(server.port());
        Scenario ready = Scenario.get("ready", "/benchmark/ready");
        Waiting.until("the server, see " + log, START, () -> {
            try {
                load.ask(ready, null);
                return true;
            } catch (Exception notYet) {
                if (!server.alive()) {
                    throw new IllegalStateException("the server has ended, see " + log);
                }
                return false;
            }
        });
    }

    /** From now on the service has a processor of its own, and Redis shares the other with this client. */
    void pin() throws IOException, InterruptedException {
        Processors.pin(server.pid(), 0);
        Processors.pin(redis.pid(), 1);
        Processors.pin(ProcessHandle.current().pid(), 1);
    }

    /** Decisions that rank other than the candidates they are named after would be measured for nothing. */
    void check(Scenario scenario) throws Exception {
        if (scenario.candidates().isEmpty()) {
            load.ask(scenario, scenario.get() ? null : scenario.bodies().get(0));
        }
        for (int i = 0; i < scenario.candidates().size(); i++) {
            String body = scenario.bodies().get(i);
            JsonNode answer = mapper.readTree(
                    load.ask(scenario, body.substring(0, body.length() - 1) + ",\"options\":{\"explain\":\"full\"}}"));
            int ranked = 0;
            for (JsonNode candidate : answer.at("/decisions/0/trace/candidates")) {
                ranked += candidate.at("/factors/propensitySource").asText().startsWith("model:") ? 1 : 0;
            }
            if (ranked != scenario.candidates().get(i)
                    || !answer.at("/degraded").isEmpty()) {
                throw new IllegalStateException(scenario.name() + ", body " + i + ": the model ranks " + ranked
                        + " candidates, not " + scenario.candidates().get(i) + "; degraded: " + answer.at("/degraded"));
            }
        }
    }

    /** The folder of rules. */
    Path config() {
        return folder.resolve("config");
    }

    /** What the service wrote down about its configurations. */
    Path audit() {
        return folder.resolve("state").resolve(GeneratedBundle.REGION).resolve("audit.jsonl");
    }

    OpenLoad load() {
        return load;
    }

    Vertx vertx() {
        return vertx;
    }

    String redisUrl() {
        return redis.url();
    }

    ProcessCpu javaCpu() throws IOException {
        return ProcessCpu.of(server.pid());
    }

    ProcessCpu redisCpu() throws IOException {
        return ProcessCpu.of(redis.pid());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        load.close();
        vertx.close();
        server.close();
        redis.close();
        GeneratedBundle.delete(folder);
    }
}
