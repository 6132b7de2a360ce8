package io.meridian.edge.benchmark;

import io.meridian.edge.benchmark.micro.EnginesBenchmark;
import io.meridian.edge.benchmark.rules.IndexedRules;
import io.meridian.edge.benchmark.rules.RuleConfiguration;
import io.meridian.edge.benchmark.rules.RuleGenerator;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * What rules cost in process, in one run: matching as their number grows, ten thousand of them in this service and in others' engines, and
 * compiling a configuration. All are measured in turn, round after round, by the CPU time of the one thread that works, so that what else
 * the machine does disturbs little; ratios are taken within a round and their median is shown.
 */
final class RulesBenchmark {
    private static final int[] SIZES = {100, 1000, 10_000, 100_000};
    private static final int VISITORS = 64;
    private static final int COMPILED = 10_000;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int rounds;
    private final long windowNanos;
    private final int largest;
    private final StringBuilder report = new StringBuilder();

    private RulesBenchmark(int rounds, long windowNanos, int largest) {
        this.rounds = rounds;
        this.windowNanos = windowNanos;
        this.largest = largest;
    }

    /** From {@code rounds=9 millis=200 largest=100000}; the defaults take about three minutes on an idle machine. */
    static void run(String[] arguments) throws Exception {
        int rounds = 9;
        int millis = 200;
        int largest = SIZES[SIZES.length - 1];
        for (String argument : arguments) {
            int value = Integer.parseInt(argument.substring(argument.indexOf('=') + 1));
            switch (argument.substring(0, Math.max(0, argument.indexOf('=')))) {
                case "rounds" -> rounds = value;
                case "millis" -> millis = value;
                case "largest" -> largest = value;
                default -> throw new IllegalArgumentException("rounds= millis= largest=, not " + argument);
            }
        }
        RulesBenchmark benchmark = new RulesBenchmark(rounds, millis * 1_000_000L, largest);
        // First of all, while this process is as cold as a service that starts.
        benchmark.compiling();
        benchmark.matching();
        benchmark.engines();
        Path results = Files.createDirectories(Path.of("target", "benchmark", "results"));
        Files.writeString(results.resolve("rules.md"), benchmark.report);
        System.out.println(benchmark.report);
    }

    private void compiling() throws Exception {
        line("| compiling %d rules from YAML | CPU s | elapsed s |%n|---|---|---|%n", COMPILED);
        Path folder = Files.createTempDirectory("meridian-rules");
        try {
            RuleConfiguration.write(folder, Path.of("edge-config"), Map.of("shop", RuleGenerator.rules(COMPILED)));
            for (String name : List.of("the first in its process", "the second", "the third")) {
                long cpu = THREADS.getCurrentThreadCpuTime();
                long begin = System.nanoTime();
                RuleConfiguration.compile(folder);
                line(
                        "| %s | %.2f | %.2f |%n",
                        name, (THREADS.getCurrentThreadCpuTime() - cpu) / 1e9, (System.nanoTime() - begin) / 1e9);
            }
        } finally {
            GeneratedBundle.delete(folder);
        }
    }

    private void matching() throws Exception {
        Map<String, Callable<Integer>> paths = new LinkedHashMap<>();
        List<String> facts = new ArrayList<>();
        for (int size : SIZES) {
            if (size > largest) {
                continue;
            }
            long before = usedBytes();
            IndexedRules rules = new IndexedRules(RuleGenerator.rules(size), RuleGenerator.visitors(VISITORS, size));
            long bytes = usedBytes() - before;
            int matched = 0;
            int evaluated = 0;
            for (int visitor = 0; visitor < VISITORS; visitor++) {
                matched += rules.match(visitor).size();
                evaluated += rules.evaluated();
            }
            facts.add(String.format(
                    Locale.ROOT,
                    "%.1f | %.1f | %d | %d",
                    (double) matched / VISITORS,
                    (double) evaluated / VISITORS,
                    rules.index().alwaysLookedAt(),
                    bytes / size));
            int[] next = new int[1];
            paths.put(Integer.toString(size), () -> {
                next[0] = (next[0] + 1) % VISITORS;
                return rules.match(next[0]).size();
            });
        }
        table("rules", "true | evaluated | always evaluated | bytes per rule", paths, facts);
    }

    private void engines() throws Exception {
        EnginesBenchmark engines = new EnginesBenchmark();
        engines.open();
        Map<String, Callable<Integer>> paths = new LinkedHashMap<>();
        paths.put("Meridian", engines::meridian);
        paths.put("Meridian's conditions, each evaluated", engines::compiled);
        paths.put("CEL library (cel-core)", engines::cel);
        paths.put("json-logic-java", engines::jsonLogic);
        paths.put("Easy Rules, conditions in Java", engines::easyRules);
        table("10,000 rules", "", paths, List.of("", "", "", "", ""));
    }

    private void table(String what, String columns, Map<String, Callable<Integer>> paths, List<String> facts)
            throws Exception {
        List<List<double[]>> all = new ArrayList<>();
        for (Callable<Integer> path : paths.values()) {
            all.add(new ArrayList<>());
            window(path);
            window(path);
        }
        for (int round = 0; round < rounds; round++) {
            int at = 0;
            for (Callable<Integer> path : paths.values()) {
                all.get(at++).add(window(path));
            }
        }
        line(
                "%n| %s | CPU µs per visitor | ÷ the first | bytes allocated | %s |%n|---|---|---|---|---|%n",
                what, columns);
        int at = 0;
        for (String name : paths.keySet()) {
            List<double[]> own = all.get(at);
            List<double[]> first = all.get(0);
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                ratios.add(own.get(round)[0] / first.get(round)[0]);
            }
            line(
                    "| %s | %.2f | %.2f | %.0f | %s |%n",
                    name,
                    median(own.stream().map(window -> window[0]).toList()) / 1000,
                    median(ratios),
                    median(own.stream().map(window -> window[1]).toList()),
                    facts.get(at++));
        }
    }

    /** CPU nanoseconds and allocated bytes per call. */
    private double[] window(Callable<Integer> path) throws Exception {
        long begin = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long calls = 0;
        long now = begin;
        while (now - begin < windowNanos) {
            for (int i = 0; i < VISITORS && (i == 0 || calls > VISITORS || now - begin < windowNanos); i++) {
                path.call();
                calls++;
                if (calls <= VISITORS) {
                    now = THREADS.getCurrentThreadCpuTime();
                }
            }
            now = THREADS.getCurrentThreadCpuTime();
        }
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        return new double[] {(double) (now - begin) / calls, (double) bytes / calls};
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void line(String format, Object... values) {
        report.append(String.format(Locale.ROOT, format, values));
    }
}
