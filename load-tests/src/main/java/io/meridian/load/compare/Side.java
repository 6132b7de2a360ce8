package io.meridian.load.compare;

import io.meridian.load.results.KindResult;
import io.meridian.load.results.PhaseResult;
import io.meridian.load.results.ResultFile;
import io.meridian.load.results.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The runs before a change, or those after it. Every number is the median over them. */
final class Side {
    /** More runs than anybody waits for. */
    private static final int MAX_RUNS = 100;

    private final List<RunResult> runs;

    Side(List<RunResult> runs) {
        this.runs = List.copyOf(runs);
    }

    /**
     * A number over several runs.
     *
     * @param middle the median
     * @param spread how far runs usually are from that, as a share of it: the median absolute deviation; 0 of one run
     */
    record Number(double middle, double spread) {}

    /**
     * Reads a side.
     *
     * @param text files and folders of them, joined by commas
     */
    static Side read(String text) throws NotComparable {
        List<RunResult> runs = new ArrayList<>();
        for (String part : text.split(",")) {
            for (Path file : files(Path.of(part))) {
                if (runs.size() == MAX_RUNS) {
                    throw new NotComparable("more than " + MAX_RUNS + " results on one side");
                }
                try {
                    runs.add(ResultFile.read(file));
                } catch (ResultFile.Damaged e) {
                    throw new NotComparable(e.getMessage());
                }
            }
        }
        return new Side(runs);
    }

    private static List<Path> files(Path path) throws NotComparable {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> found = Files.list(path)) {
            List<Path> files = found.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new NotComparable(path + ": no results (*.json) in this folder");
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<RunResult> runs() {
        return runs;
    }

    /** The phases that every run has, in their order. */
    List<String> phases() {
        Set<String> names = new LinkedHashSet<>();
        runs.get(0).phases().forEach(phase -> names.add(phase.name()));
        for (RunResult run : runs) {
            names.retainAll(run.phases().stream().map(PhaseResult::name).toList());
        }
        return List.copyOf(names);
    }

    /** Kinds of calls that any run has in a phase. */
    Set<String> kinds(String phase) {
        Set<String> kinds = new LinkedHashSet<>();
        runs.forEach(run -> kinds.addAll(run.phase(phase).kinds().keySet()));
        return kinds;
    }

    /** Good answers of a kind in all runs. */
    long good(String phase, String kind) {
        return results(phase, kind).stream().mapToLong(KindResult::good).sum();
    }

    /** The fewest calls of a kind that a run has. */
    long fewest(String phase, String kind) {
        return results(phase, kind).stream().mapToLong(KindResult::sent).min().orElse(0);
    }

    /** A number of a kind; empty if no run has the kind. */
    Optional<Number> number(String phase, String kind, ToDoubleFunction<KindResult> value) {
        return number(results(phase, kind).stream().mapToDouble(value).toArray());
    }

    /** The names of the figures that any run has. */
    Set<String> figures() {
        Set<String> names = new TreeSet<>();
        runs.forEach(run -> names.addAll(run.figures().keySet()));
        return names;
    }

    /** A figure; empty if no run has it. */
    Optional<Number> figure(String name) {
        return number(runs.stream()
                .map(RunResult::figures)
                .filter(figures -> figures.containsKey(name))
                .mapToDouble(figures -> figures.get(name))
                .toArray());
    }

    private List<KindResult> results(String phase, String kind) {
        return runs.stream()
                .map(run -> run.phase(phase).kinds())
                .filter(kinds -> kinds.containsKey(kind))
                .map((Map<String, KindResult> kinds) -> kinds.get(kind))
                .toList();
    }

    private static Optional<Number> number(double[] values) {
        if (values.length == 0) {
            return Optional.empty();
        }
        double middle = median(values);
        double[] distances = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            distances[i] = Math.abs(values[i] - middle);
        }
        return Optional.of(new Number(middle, middle == 0 ? 0 : median(distances) / Math.abs(middle)));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int count = sorted.length;
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }
}
