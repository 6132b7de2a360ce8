package io.meridian.edge.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What a new configuration costs those who ask meanwhile: decisions at a constant rate, half of what the service was just found to be able
 * to do, in turn without and with a new configuration every two seconds, saved into the folder that the service watches.
 */
final class SwapBenchmark implements AutoCloseable {
    private static final long SAVE_MILLIS = 2000;

    /** The watch looks a last time three seconds after a save: what it does then belongs to no window. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final byte[] REVISION = "\"revision\":\"".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final byte[] NOT_DEGRADED = "\"degraded\":[]".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final Scenario scenario;
    private final RunningService service;
    private final ScheduledExecutorService saver = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger saved = new AtomicInteger(1);

    /** Of the client's one thread while a window runs. */
    private final Set<String> revisions = new HashSet<>();

    private int degraded;

    private SwapBenchmark(Path results, List<String> jvmArguments) throws Exception {
        Markets markets = new Markets(BundleGenerator.market(1000, 32));
        this.scenario = markets.decisions().get(0);
        this.service = new RunningService(markets, results, jvmArguments, List.of("meridian.watch=true"));
    }

    /** From {@code rounds=5 window=20 warmup=10 jvm=…}, seconds; prints the table, and throws if a call failed or a change was not seen. */
    static void run(String[] arguments) throws Exception {
        int rounds = 5;
        int window = 20;
        int warmUp = 10;
        List<String> jvm = new java.util.ArrayList<>();
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
        Path results = Files.createDirectories(Path.of("target", "benchmark", "results"));
        SwapReport report;
        try (SwapBenchmark benchmark = new SwapBenchmark(results, jvm)) {
            report = benchmark.measure(rounds, Duration.ofSeconds(window), Duration.ofSeconds(warmUp));
        }
        report.write(results);
        System.out.println();
        System.out.println(report.markdown());
        report.requireSound();
    }

    private SwapReport measure(int rounds, Duration window, Duration warmUp) throws Exception {
        service.check(scenario);
        System.out.println("warming up");
        service.load().capacity(scenario, warmUp);
        swapping(500, warmUp);
        double capacity = service.load().capacity(scenario, warmUp);
        int rate = (int) (capacity / 2);
        SwapReport report = new SwapReport(capacity, rate, window);
        revisions.clear();
        degraded = 0;
        int savedBefore = saved.get();
        long activatedBefore = activations();
        for (int round = 1; round <= rounds; round++) {
            System.out.println("round " + round + " of " + rounds);
            service.load().run(scenario, rate, SETTLING);
            OpenLoad.Window without = service.load().run(scenario, rate, window, this::seen);
            report.add(without, swapping(rate, window));
        }
        // The revision before the first save is none of a change.
        report.changes(saved.get() - savedBefore, activations() - activatedBefore, revisions.size() - 1, degraded);
        return report;
    }

    /** A window in which configurations are saved; returns when the last of them decides. */
    private OpenLoad.Window swapping(int rate, Duration window) throws Exception {
        long end = System.nanoTime() + window.toNanos();
        ScheduledFuture<?> saving = saver.scheduleAtFixedRate(
                () -> {
                    // Not so late that it would decide after the window.
                    if (end - System.nanoTime() > TimeUnit.MILLISECONDS.toNanos(SAVE_MILLIS / 2)) {
                        save(saved.incrementAndGet());
                    }
                },
                0,
                SAVE_MILLIS,
                TimeUnit.MILLISECONDS);
        OpenLoad.Window brought = service.load().run(scenario, rate, window, this::seen);
        saving.cancel(false);
        saver.submit(() -> {}).get(10, TimeUnit.SECONDS);
        String expected = Integer.toString(saved.get());
        Waiting.until("revision " + expected + " in an answer", PATIENCE, () -> {
            try {
                byte[] answer =
                        service.load().ask(scenario, scenario.bodies().get(0)).getBytes(StandardCharsets.UTF_8);
                seen(answer);
                return revision(answer).equals(expected);
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        return brought;
    }

    /** In one step, as the file's next look must not find half of it. */
    private void save(int revision) {
        try {
            Path written = Files.writeString(
                    service.config().resolve(".bundle.yaml"), "revision: " + revision + "\ndescription: Benchmark\n");
            Files.move(written, service.config().resolve("bundle.yaml"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private void seen(byte[] answer) {
        revisions.add(revision(answer));
        degraded += Bytes.indexOf(answer, NOT_DEGRADED) < 0 ? 1 : 0;
    }

    private static String revision(byte[] answer) {
        int begin = Bytes.indexOf(answer, REVISION) + REVISION.length;
        int end = begin;
        while (answer[end] != '"') {
            end++;
        }
        return new String(answer, begin, end - begin, StandardCharsets.UTF_8);
    }

    /** How many configurations the service wrote down to have activated. */
    private long activations() throws IOException {
        try (Stream<String> lines = Files.lines(service.audit())) {
            return lines.filter(line -> line.contains("\"event\":\"activated\""))
                    .count();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        saver.shutdownNow();
        service.close();
    }
}
