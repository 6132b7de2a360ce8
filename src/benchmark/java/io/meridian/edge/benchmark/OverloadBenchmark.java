package io.meridian.edge.benchmark;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The service asked for more than it can do. It first finds what can be done, then lets decisions arrive at a constant rate whatever
 * becomes of them: at half of that beside a constant answer at the same rate, for the tail; and beyond it, for what is still answered
 * in time. All of it with the trained model and callers that are patient for 20 ms, the last with one that takes five milliseconds of a core and callers
 * that wait for that, 100 ms: the less patient would be answered without it. The service has one processor, this client and Redis another: what it costs to
 * send too much is not the service's to pay.
 */
final class OverloadBenchmark {
    /** Five times what callers of the trained model are patient for: this client has to share the machine's cores. */
    static final Duration IN_TIME = Duration.ofMillis(100);

    private static final Duration SLOW = Duration.ofMillis(5);
    private static final int PATIENCE = 20;
    private static final int PATIENCE_FOR_SLOW = 100;

    /** How long each rate is tried, and by how much the next is higher. */
    private static final Duration LOOKING = Duration.ofSeconds(3);

    private static final double STEP = 1.25;
    private static final double ANSWERED = 0.8;

    private static final byte[] NOT_DEGRADED = "\"degraded\":[]".getBytes(StandardCharsets.US_ASCII);

    /** Of two windows with too much, so that one does not begin in the other's backlog. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    /** How to measure; {@code only} the trained or the slow model, or empty for both. */
    private record Plan(int rounds, Duration window, Duration warmUp, List<String> jvmArguments, String only) {
        static Plan of(String[] arguments) {
            int rounds = 5;
            int window = 10;
            int warmUp = 10;
            List<String> jvm = new ArrayList<>();
            String only = "";
            for (String argument : arguments) {
                String value = argument.substring(argument.indexOf('=') + 1);
                switch (argument.substring(0, Math.max(0, argument.indexOf('=')))) {
                    case "rounds" -> rounds = Integer.parseInt(value);
                    case "window" -> window = Integer.parseInt(value);
                    case "warmup" -> warmUp = Integer.parseInt(value);
                    case "jvm" -> jvm.add(value);
                    case "only" -> only = value;
                    default ->
                        throw new IllegalArgumentException("rounds= window= warmup= only= jvm=, not " + argument);
                }
            }
            return new Plan(rounds, Duration.ofSeconds(window), Duration.ofSeconds(warmUp), List.copyOf(jvm), only);
        }
    }

    private final Plan plan;
    private final Path results;
    private final Markets markets = new Markets(BundleGenerator.market(1000, 32));
    private final Scenario decision = markets.decisions().get(0);
    private final OverloadReport report;

    private OverloadBenchmark(Plan plan, Path results) {
        this.plan = plan;
        this.results = results;
        this.report = new OverloadReport(plan.window());
    }

    /** From {@code rounds=5 window=10 warmup=10 only=slow jvm=…}, seconds; prints the tables, and throws if a call failed otherwise than by a 429. */
    static void run(String[] arguments) throws Exception {
        Path results = Files.createDirectories(Path.of("target", "benchmark", "results"));
        OverloadBenchmark benchmark = new OverloadBenchmark(Plan.of(arguments), results);
        if (!benchmark.plan.only().equals("slow")) {
            benchmark.trained();
        }
        if (!benchmark.plan.only().equals("trained")) {
            benchmark.slow();
        }
        benchmark.report.write(results);
        System.out.println();
        System.out.println(benchmark.report.markdown());
        benchmark.report.requireSound();
    }

    private void trained() throws Exception {
        try (RunningService service = start(Path.of("models"), PATIENCE)) {
            double peak = warmUp(service);
            tail(service, (int) (peak / 2));
            overload(service, "trained", peak, 2);
        }
    }

    private void slow() throws Exception {
        Path models = Files.createTempDirectory("meridian-models");
        try {
            SlowModel.write(models, SLOW);
            try (RunningService service = start(models, PATIENCE_FOR_SLOW)) {
                overload(service, "5 ms", warmUp(service), 10);
            }
        } finally {
            GeneratedBundle.delete(models);
        }
    }

    private RunningService start(Path models, int patience) throws Exception {
        // The patience that callers have who state none: the service has to answer within it, or not at all.
        RunningService service = new RunningService(
                markets,
                models,
                results,
                plan.jvmArguments(),
                List.of("meridian.watch=false", "meridian.deadline-millis=" + patience));
        service.pin();
        return service;
    }

    private double warmUp(RunningService service) throws Exception {
        System.out.println("warming up");
        return peak(service, service.load().capacity(decision, plan.warmUp()) / 4);
    }

    /** The most right answers in time, per second, at any rate: it rises until a fifth is not answered any more. */
    private double peak(RunningService service, double from) throws Exception {
        double most = 0;
        double rate = Math.max(1, from);
        double good;
        do {
            good = service.load().run(decision, (int) rate, LOOKING).within(IN_TIME) / (double) LOOKING.toSeconds();
            most = Math.max(most, good);
            rate *= STEP;
        } while (good > rate / STEP * ANSWERED);
        System.out.printf("%.0f decisions/s can be done%n", most);
        return most;
    }

    private void tail(RunningService service, int rate) throws Exception {
        Scenario constant = Scenario.get("a constant", "/benchmark/constant");
        service.load().run(constant, rate, plan.warmUp());
        for (int round = 1; round <= plan.rounds(); round++) {
            System.out.println("half of it, round " + round + " of " + plan.rounds());
            report.tail(
                    rate,
                    service.load().run(constant, rate, plan.window()),
                    service.load().run(decision, rate, plan.window()));
        }
    }

    /** What can be done is measured anew in each round: a machine that does other things does not do the same all the time. */
    private void overload(RunningService service, String model, double peak, int times) throws Exception {
        double last = peak;
        for (int round = 1; round <= plan.rounds(); round++) {
            System.out.println(times + " times as much, round " + round + " of " + plan.rounds());
            last = peak(service, last / 2);
            int rate = (int) (last * times);
            service.load().run(decision, rate, SETTLING);
            LongAdder degraded = new LongAdder();
            OpenLoad.Window brought = service.load()
                    .run(
                            decision,
                            rate,
                            plan.window(),
                            answer -> degraded.add(Bytes.indexOf(answer, NOT_DEGRADED) < 0 ? 1 : 0));
            report.overload(model, times, last, brought, degraded.sum());
            service.load().run(decision, (int) (last / 4) + 1, SETTLING);
        }
    }
}
