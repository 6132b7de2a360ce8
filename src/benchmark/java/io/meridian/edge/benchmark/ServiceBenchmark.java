package io.meridian.edge.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
     * @param only a part of the names of the markets to measure; empty for all but those of many rules, {@code rules-…} for these
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

        private boolean manyRules() {
            return only.startsWith(ManyRules.PREFIX);
        }
    }

    private final Plan plan;
    private final Workload workload;
    private final RunningService service;
    private final Redis redis;
    private final ObjectMapper mapper = new ObjectMapper();

    /** Measures, prints the table, and leaves it with the JSON in {@code target/benchmark/results}. */
    static void run(Plan plan) throws Exception {
        Path results = Path.of("target", "benchmark", "results");
        Files.createDirectories(results);
        Report report;
        try (ServiceBenchmark benchmark = new ServiceBenchmark(plan, results)) {
            report = benchmark.measure();
        }
        report.write(results, plan.manyRules() ? "service-rules" : "service");
        System.out.println();
        System.out.println(report.markdown());
    }

    private ServiceBenchmark(Plan plan, Path results) throws Exception {
        this.plan = plan;
        this.workload = plan.manyRules() ? new ManyRules(plan.only()) : new Markets(plan.only());
        this.service = new RunningService(workload, results, plan.jvmArguments(), List.of("meridian.watch=false"));
        this.redis = Redis.createClient(service.vertx(), service.redisUrl());
    }

    private Report measure() throws Exception {
        List<Series> all = new ArrayList<>();
        for (Scenario scenario : scenarios()) {
            service.check(scenario);
            all.add(new Series(scenario));
        }
        for (Series series : all) {
            System.out.println("warming up " + series.scenario().name());
            service.load().run(series.scenario(), plan.perSecond() * 2, plan.warmUp());
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
        ProcessCpu java = service.javaCpu();
        ProcessCpu redisCpu = service.redisCpu();
        OpenLoad.Window window = service.load().run(series.scenario(), plan.perSecond(), plan.window());
        long javaNanos = service.javaCpu().since(java);
        long redisNanos = service.redisCpu().since(redisCpu);
        // Two INFO calls of our own lie between the readings; one is in the count.
        series.add(window, javaNanos, redisNanos, allocated() - allocated, commands() - commands - 1);
    }

    private long allocated() throws Exception {
        JsonNode answer = mapper.readTree(service.load().ask(Scenario.get("allocated", "/benchmark/allocated"), null));
        return answer.get("bytes").asLong();
    }

    private long commands() throws Exception {
        String info = redis.send(Request.cmd(Command.INFO).arg("stats"))
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
        List<Scenario> decisions = workload.decisions();
        List<Scenario> all = new ArrayList<>();
        all.add(Scenario.get("(a) a constant", "/benchmark/constant"));
        all.add(Scenario.get("(b) one Redis read of 1 KB", "/benchmark/redis"));
        all.add(new Scenario(
                "bare: body, read, model on 32, 1 KB answer",
                "/benchmark/bare",
                decisions.get(0).bodies(),
                List.of()));
        all.addAll(decisions);
        return all;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        service.close();
    }
}
