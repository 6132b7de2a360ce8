package io.meridian.load;

import io.meridian.load.measure.Recorder;
import io.meridian.load.measure.ServiceProbe;
import io.meridian.load.measure.StallMeter;
import io.meridian.load.results.GoalResult;
import io.meridian.load.results.PhaseResult;
import io.meridian.load.results.ResultFile;
import io.meridian.load.results.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run from its first call to its results. A thread of its own watches over it, so that nothing but calls is done on the threads that
 * make them.
 */
final class Run {
    /** A phase of this name prepares the service and leaves no results. */
    static final String WARM_UP = "warm-up";

    /** How the CPU time per call of a phase is called among the figures, behind the phase's name. */
    static final String CPU_PER_CALL = ".cpuMicrosPerCall";

    /** The same of the client. */
    static final String CLIENT_CPU_PER_CALL = ".clientCpuMicrosPerCall";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final long LOOK_MILLIS = 200;

    /** How long the last answers are waited for. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final String simulation;
    private final Instant startedAt = Instant.now();
    private final Settings settings;
    private final Recorder recorder;
    private final ServiceProbe probe;
    private final StallMeter stalls = new StallMeter();
    private final Map<String, String> setup;
    private final List<Goal> goals;
    private final Observer observer;
    private final Map<Integer, Double> cpuAtBegin = new TreeMap<>();
    private final Map<Integer, Double> clientCpuAtBegin = new TreeMap<>();
    private final Thread watch = new Thread(this::watch, "run-watch");
    private volatile boolean over;
    private volatile Map<String, String> service = Map.of();
    private volatile List<GoalResult> judged = List.of();

    /** What a simulation adds to a run. */
    interface Observer {
        /** Is told several times a second, on the watching thread, in which phase the run is; true ends the run early. */
        default boolean look(int phase, ServiceProbe probe, Run run) {
            return false;
        }

        /** What it saw over time, as comma-separated lines to be kept beside the results; empty if nothing. */
        default String samples() {
            return "";
        }

        /** Numbers of its own for the results. */
        default void conclude(List<PhaseResult> results, Map<String, Double> figures) {}
    }

    Run(
            String simulation,
            Settings settings,
            Recorder recorder,
            ServiceProbe probe,
            Map<String, String> setup,
            List<Goal> goals,
            Observer observer) {
        this.simulation = simulation;
        this.settings = settings;
        this.recorder = recorder;
        this.probe = probe;
        this.setup = setup;
        this.goals = goals;
        this.observer = observer;
        watch.setDaemon(true);
    }

    /** Before the first call. */
    void begin(Map<String, String> service) {
        this.service = service;
        watch.start();
    }

    /** Whether calls are to be made no more. */
    boolean isOver() {
        return over;
    }

    /** Whether results are written. */
    boolean isConcluded() {
        return !judged.isEmpty();
    }

    /** Whether a goal was reached; false before the run is concluded. */
    boolean met(int goal) {
        return isConcluded() && judged.get(goal).met();
    }

    private void watch() {
        try {
            int last = -1;
            int phase = 0;
            while (!recorder.isOver(System.nanoTime())) {
                phase = recorder.phaseAt(System.nanoTime());
                if (phase != last) {
                    noteCpu(phase);
                    last = phase;
                }
                if (observer.look(phase, probe, this)) {
                    break;
                }
                Thread.sleep(LOOK_MILLIS);
            }
            over = true;
            noteCpu(phase + 1);
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (recorder.underWay() > 0 && System.nanoTime() < deadline) {
                Thread.sleep(LOOK_MILLIS);
            }
            conclude(phase + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            e.printStackTrace();
            judged = goals.stream()
                    .map(goal -> new GoalResult(goal.name(), false, "no results: " + e))
                    .toList();
        }
    }

    private void noteCpu(int phase) {
        probe.sample().cpuSeconds().ifPresent(seconds -> cpuAtBegin.put(phase, seconds));
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .ifPresent(spent -> clientCpuAtBegin.put(phase, spent.toMillis() / 1e3));
    }

    private void conclude(int count) {
        List<PhaseResult> results = new ArrayList<>();
        Map<String, Double> figures = new LinkedHashMap<>();
        for (int phase = 0; phase < count; phase++) {
            PhaseResult result = recorder.result(phase);
            if (!result.name().equals(WARM_UP)) {
                results.add(result);
                long sent = result.all().sent();
                perCall(result.name() + CPU_PER_CALL, cpuAtBegin, phase, sent, figures);
                perCall(result.name() + CLIENT_CPU_PER_CALL, clientCpuAtBegin, phase, sent, figures);
            }
        }
        figures.put("clientStallP99Millis", Math.rint(stalls.p99Millis() * 1000) / 1000);
        stalls.close();
        observer.conclude(results, figures);
        RunResult all = result(results, figures, List.of());
        List<GoalResult> goalResults =
                goals.stream().map(goal -> goal.judge(all)).toList();
        RunResult whole = result(results, figures, goalResults);
        Path file =
                settings.results.resolve(simulation.toLowerCase(Locale.ROOT) + "-" + STAMP.format(startedAt) + ".json");
        try {
            ResultFile.write(whole, file);
            String samples = observer.samples();
            if (!samples.isEmpty()) {
                Files.writeString(
                        file.resolveSibling(file.getFileName().toString().replace(".json", ".csv")), samples);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("results cannot be written to " + file, e);
        }
        System.out.println(Summary.of(whole, file));
        judged = goalResults;
    }

    private static void perCall(
            String figure, Map<Integer, Double> secondsAtBegin, int phase, long sent, Map<String, Double> figures) {
        Double begin = secondsAtBegin.get(phase);
        Double end = secondsAtBegin.get(phase + 1);
        if (begin != null && end != null && sent > 0) {
            figures.put(figure, Math.rint((end - begin) * 1e6 / sent));
        }
    }

    private RunResult result(List<PhaseResult> results, Map<String, Double> figures, List<GoalResult> goalResults) {
        return new RunResult(
                RunResult.FORMAT, simulation, startedAt.toString(), service, setup, results, figures, goalResults);
    }

    /** The figures of a phase so far. */
    PhaseResult result(int phase) {
        return recorder.result(phase);
    }
}
