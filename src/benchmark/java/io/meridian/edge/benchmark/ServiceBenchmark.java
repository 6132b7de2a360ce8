package io.meridian.edge.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.adapter.demo.DemoConsentString;
import io.meridian.edge.adapter.redis.EmbeddedRedis;
import io.meridian.edge.adapter.redis.RegionKey;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.profile.AttributeContract;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole service against its yardsticks, interleaved in one run: what the machine does meanwhile hits all alike, and ratios are
 * taken within a round.
 */
final class ServiceBenchmark implements AutoCloseable {
    private static final Pattern COMMANDS = Pattern.compile("total_commands_processed:(\\d+)");

    /**
     * How to measure.
     *
     * @param rounds each of which has a window per path
     * @param window how long a path is asked in a round
     * @param warmUp how long each path is asked before
     * @param perSecond requests per second
     * @param jvmArguments for the server, besides its heap
     * @param only a part of the names of the full paths to measure; empty for all
     */
    record Plan(int rounds, Duration window, Duration warmUp, int perSecond, List<String> jvmArguments, String only) {
        /** From {@code rounds=5 window=4 warmup=6 rate=500 only=r1000-c32 jvm=-XX:+UseSerialGC}, seconds; the defaults take eight minutes. */
        static Plan of(String[] arguments) {
            int rounds = 6;
            int window = 4;
            int warmUp = 8;
            int rate = 500;
            List<String> jvm = new ArrayList<>();
            String only = "";
            for (String argument : arguments) {
                String value = argument.substring(argument.indexOf('=') + 1);
                switch (argument.substring(0, Math.max(0, argument.indexOf('=')))) {
                    case "rounds" -> rounds = Integer.parseInt(value);
                    case "window" -> window = Integer.parseInt(value);
                    case "warmup" -> warmUp = Integer.parseInt(value);
                    case "rate" -> rate = Integer.parseInt(value);
                    case "jvm" -> jvm.add(value);
                    case "only" -> only = value;
                    default ->
                        throw new IllegalArgumentException("rounds= window= warmup= rate= only= jvm=, not " + argument);
                }
            }
            return new Plan(
                    rounds, Duration.ofSeconds(window), Duration.ofSeconds(warmUp), rate, List.copyOf(jvm), only);
        }
    }

    private final Plan plan;
    private final Path folder;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final EmbeddedRedis redis;
    private final Redis redisClient;
    private final ServerProcess server;
    private final OpenLoad load;
    private final ObjectMapper mapper = new ObjectMapper();

    /** Measures, prints the table, and leaves it with the JSON in {@code target/benchmark/results}. */
    static void run(Plan plan) throws Exception {
        Path results = Path.of("target", "benchmark", "results");
        Files.createDirectories(results);
        Report report;
        try (ServiceBenchmark benchmark = new ServiceBenchmark(plan, results)) {
            report = benchmark.measure();
        }
        report.write(results);
        System.out.println();
        System.out.println(report.markdown());
    }

    private ServiceBenchmark(Plan plan, Path results) throws Exception {
        this.plan = plan;
        this.folder = Files.createTempDirectory("meridian-benchmark");
        Path config = Files.createDirectories(folder.resolve("config"));
        BundleGenerator.write(config, Path.of("edge-config"));
        byte[] secret = "a benchmark's region key, 32 byte".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Path key = Files.writeString(
                folder.resolve("region.key"), Base64.getEncoder().encodeToString(secret));
        AttributeContract contract = contract(config);
        this.redis = EmbeddedRedis.start();
        this.redisClient = Redis.createClient(vertx, redis.url());
        Visitors.store(vertx, redis.url(), GeneratedBundle.REGION, new RegionKey(secret), contract);
        Path log = results.resolve("server.log");
        this.server = ServerProcess.start(
                Path.of("target", "benchmark", "quarkus-app", "quarkus-run.jar"),
                log,
                plan.jvmArguments(),
                List.of(
                        "meridian.demo=true",
                        "meridian.region=" + GeneratedBundle.REGION,
                        "meridian.config=" + config,
                        "meridian.models=models",
                        "meridian.region-key-file=" + key,
                        "meridian.redis.url=" + redis.url(),
                        "meridian.decision-log.directory=" + folder.resolve("decision-log")));
        this.load = new OpenLoad(vertx, server.port());
        Scenario ready = new Scenario("ready", "/benchmark/ready", List.of(), 0);
        Waiting.until("the server, see " + log, Duration.ofSeconds(60), () -> {
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

    private static AttributeContract contract(Path config) {
        BundleLoader.Result.Loaded loaded = GeneratedBundle.load(config);
        loaded.models().close();
        return loaded.bundle().contract();
    }

    private Report measure() throws Exception {
        List<Series> all = new ArrayList<>();
        for (Scenario scenario : scenarios()) {
            check(scenario);
            all.add(new Series(scenario));
        }
        for (Series series : all) {
            System.out.println("warming up " + series.scenario().name());
            load.run(series.scenario(), plan.perSecond() * 2, plan.warmUp());
        }
        for (int round = 1; round <= plan.rounds(); round++) {
            System.out.println("round " + round + " of " + plan.rounds());
            for (Series series : all) {
                window(series);
            }
        }
        return new Report(plan, all);
    }

    private void window(Series series) throws Exception {
        long allocated = allocated();
        long commands = commands();
        ProcessCpu java = ProcessCpu.of(server.pid());
        ProcessCpu redisCpu = ProcessCpu.of(redis.pid());
        OpenLoad.Window window = load.run(series.scenario(), plan.perSecond(), plan.window());
        long javaNanos = ProcessCpu.of(server.pid()).since(java);
        long redisNanos = ProcessCpu.of(redis.pid()).since(redisCpu);
        // Two INFO calls of our own lie between the readings; one is in the count.
        series.add(window, javaNanos, redisNanos, allocated() - allocated, commands() - commands - 1);
    }

    /** A decision that ranks other than the candidates it is named after would be measured for nothing. */
    private void check(Scenario scenario) throws Exception {
        String body = scenario.get() ? null : scenario.bodies().get(0);
        if (scenario.candidates() == 0) {
            load.ask(scenario, body);
            return;
        }
        JsonNode answer = mapper.readTree(
                load.ask(scenario, body.substring(0, body.length() - 1) + ",\"options\":{\"explain\":\"full\"}}"));
        int ranked = 0;
        for (JsonNode candidate : answer.at("/decisions/0/trace/candidates")) {
            ranked += candidate.at("/factors/propensitySource").asText().startsWith("model:") ? 1 : 0;
        }
        if (ranked != scenario.candidates() || !answer.at("/degraded").isEmpty()) {
            throw new IllegalStateException(scenario.name() + ": the model ranks " + ranked + " candidates: " + answer);
        }
    }

    private long allocated() throws Exception {
        JsonNode answer = mapper.readTree(load.ask(new Scenario("", "/benchmark/allocated", List.of(), 0), null));
        return answer.get("bytes").asLong();
    }

    private long commands() throws Exception {
        String info = redisClient
                .send(Request.cmd(Command.INFO).arg("stats"))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .toString();
        Matcher found = COMMANDS.matcher(info);
        if (!found.find()) {
            throw new IllegalStateException("Redis does not tell its number of commands");
        }
        return Long.parseLong(found.group(1));
    }

    private List<Scenario> scenarios() {
        List<Scenario> all = new ArrayList<>();
        List<String> bare = bodies(BundleGenerator.market(1000, 32));
        all.add(new Scenario("(a) a constant", "/benchmark/constant", List.of(), 0));
        all.add(new Scenario("(b) one Redis read of 1 KB", "/benchmark/redis", List.of(), 0));
        all.add(new Scenario("bare: body, read, model on 32, 1 KB answer", "/benchmark/bare", bare, 0));
        for (int rules : BundleGenerator.RULES) {
            for (int candidates : BundleGenerator.CANDIDATES) {
                String name = "full: " + rules + " rules, " + candidates + " candidates";
                full(all, name, BundleGenerator.market(rules, candidates), candidates);
            }
        }
        full(all, "full: 1000 rules, 32 candidates of 12 categories", BundleGenerator.SHOP, 32);
        return all;
    }

    private void full(List<Scenario> all, String name, String market, int candidates) {
        if (market.contains(plan.only())) {
            all.add(new Scenario(name, "/v1/decide", bodies(market), candidates));
        }
    }

    private static List<String> bodies(String market) {
        String tcf = DemoConsentString.of(Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), Instant.now());
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < Visitors.COUNT; i++) {
            bodies.add("{\"requestId\":\"r-" + i + "\",\"subject\":{\"ids\":[{\"ns\":\"customer\",\"id\":\""
                    + Visitors.id(i)
                    + "\"}]},\"placements\":[{\"id\":\"" + BundleGenerator.PLACEMENT
                    + "\",\"count\":1}],\"context\":{\"market\":\""
                    + market + "\",\"country\":\"DE\",\"locale\":\"en\",\"channel\":\"web\",\"device\":\"mobile\","
                    + "\"attributes\":{\"page.category\":\"footwear\",\"cart.value\":120.5}},"
                    + "\"consent\":{\"gdpr\":true,\"tcf\":\"" + tcf + "\"}}");
        }
        return bodies;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        load.close();
        server.close();
        redis.close();
        GeneratedBundle.delete(folder);
    }
}
