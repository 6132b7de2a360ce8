package io.meridian.edge.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The service asked for more than it can do. It first finds what can be done, then lets decisions arrive at a constant rate whatever
 * becomes of them: at half of that beside a constant answer at the same rate, for the tail; and beyond it, for what is still answered
 * in time. All of it with the trained model, the last with one that takes five milliseconds of a core.
 */
final class OverloadBenchmark {
    /** Five times what callers are patient for: this client has to share the machine's cores. */
    static final Duration IN_TIME = Duration.ofMillis(100);

    private static final Duration SLOW = Duration.ofMillis(5);

    /** Of two windows with too much, so that one does not begin in the other's backlog. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    /** How to measure. */
    private record Plan(int rounds, Duration window, Duration warmUp, List<String> jvmArguments) {
        static Plan of(String[] arguments) {
            int rounds = 5;
            int window = 10;
            int warmUp = 10;
            List<String> jvm = new ArrayList<>();
            for (String argument : arguments) {
                String value = argument.substring(argument.indexOf('=') + 1);
                switch (argument.substring(0, Math.max(0, argument.indexOf('=')))) {
                    case "rounds" -> rounds = Integer.parseInt(value);
                    case "window" -> window = Integer.parseInt(value);
                    case "warmup" -> warmUp = Integer.parseInt(value);
                    case "jvm" -> jvm.add(value);
                    default -> throw new IllegalArgumentException("rounds= window= warmup= jvm=, not " + argument);
                }
            }
            return new Plan(rounds, Duration.ofSeconds(window), Duration.ofSeconds(warmUp), List.copyOf(jvm));
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

    /** From {@code rounds=5 window=10 warmup=10 jvm=…}, seconds; prints the tables, and throws if a call failed otherwise than by a 429. */
    static void run(String[] arguments) throws Exception {
        Path results = Files.createDirectories(Path.of("target", "benchmark", "results"));
        OverloadBenchmark benchmark = new OverloadBenchmark(Plan.of(arguments), results);
        benchmark.trained();
        benchmark.slow();
        benchmark.report.write(results);
        System.out.println();
        System.out.println(benchmark.report.markdown());
        benchmark.report.requireSound();
    }

    private void trained() throws Exception {
        try (RunningService service = start(Path.of("models"))) {
            double peak = peak(service);
            tail(service, (int) (peak / 2));
            overload(service, "trained", 2);
        }
    }

    private void slow() throws Exception {
        Path models = Files.createTempDirectory("meridian-models");
        try {
            SlowModel.write(models, SLOW);
            try (RunningService service = start(models)) {
                peak(service);
                overload(service, "5 ms", 10);
            }
        } finally {
            GeneratedBundle.delete(models);
        }
    }

    private RunningService start(Path models) throws Exception {
        // The patience that callers have who state none: the service has to answer within it, or not at all.
        return new RunningService(
                markets,
                models,
                results,
                plan.jvmArguments(),
                List.of("meridian.watch=false", "meridian.deadline-millis=20"));
    }

    private double peak(RunningService service) throws Exception {
        System.out.println("warming up");
        service.load().capacity(decision, plan.warmUp());
        double peak = service.load().capacity(decision, plan.warmUp());
        System.out.printf("%.0f decisions/s can be done%n", peak);
        return peak;
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
    private void overload(RunningService service, String model, int times) throws Exception {
        for (int round = 1; round <= plan.rounds(); round++) {
            System.out.println(times + " times as much, round " + round + " of " + plan.rounds());
            double capacity = service.load().capacity(decision, plan.window());
            service.load().run(decision, (int) (capacity * times), SETTLING);
            report.overload(
                    model, times, capacity, service.load().run(decision, (int) (capacity * times), plan.window()));
            service.load().run(decision, (int) (capacity / 4) + 1, SETTLING);
        }
    }
}
