package io.meridian.edge.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one region costs on this machine, now: for comparing two artifacts in one run, not for promises.
 *
 * @param startMillis from starting the process to the first decision: the median of five starts
 * @param idleMegabytes resident after the first decision
 * @param usedMegabytes resident after all decisions
 * @param cpuMicros of the process per decision, user and system, over the last 10,000 of 20,000 decisions of one caller
 * @param median microseconds of those decisions as the caller sees them
 * @param p99 the same, 99th percentile
 * @param megabytes the artifact on disk: with ONNX Runtime's libraries, without a Java runtime
 */
record Figures(
        long startMillis,
        long idleMegabytes,
        long usedMegabytes,
        double cpuMicros,
        long median,
        long p99,
        long megabytes) {
    private static final int STARTS = 5;
    private static final int CALLS = 10_000;
    private static final double MICROS_PER_TICK = 10_000;

    static Figures measure(Production production) throws Exception {
        long[] starts = new long[STARTS];
        for (int i = 1; i < STARTS; i++) {
            Started started = start(production);
            started.region().close();
            starts[i] = started.millis();
        }
        Started last = start(production);
        starts[0] = last.millis();
        Arrays.sort(starts);
        try (Service region = last.region()) {
            long idle = resident(region);
            Http caller = region.decisions(production.key());
            calls(caller);
            long before = ticks(region);
            long[] micros = calls(caller);
            double cpu = (ticks(region) - before) * MICROS_PER_TICK / CALLS;
            Arrays.sort(micros);
            return new Figures(
                    starts[STARTS / 2],
                    idle,
                    resident(region),
                    cpu,
                    micros[CALLS / 2],
                    micros[CALLS * 99 / 100],
                    size());
        }
    }

    private record Started(Service region, long millis) {}

    private static Started start(Production production) throws Exception {
        long begin = System.nanoTime();
        Service region = production.start();
        Http caller = region.decisions(production.key());
        region.await(
                "deciding", () -> caller.send("POST", "/v1/decide", visit(1)).statusCode() == 200);
        return new Started(region, (System.nanoTime() - begin) / 1_000_000);
    }

    /** A known customer whom nothing in the request refuses. */
    static String visit(int number) {
        return "{\"placements\":[{\"id\":\"home-hero\"}],\"subject\":{\"ids\":[{\"ns\":\"customer\",\"id\":\"c-"
                + (1001 + number % 900)
                + "\"}]},\"context\":{\"country\":\"DE\",\"channel\":\"web\",\"device\":\"mobile\"},\"options\":{\"deadlineMs\":1000}}";
    }

    private static long[] calls(Http caller) throws Exception {
        long[] micros = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            long begin = System.nanoTime();
            int status = caller.send("POST", "/v1/decide", visit(i)).statusCode();
            micros[i] = (System.nanoTime() - begin) / 1_000;
            if (status != 200) {
                throw new IllegalStateException("call " + i + " was answered with " + status);
            }
        }
        return micros;
    }

    /** Linux only, as the two below: proc(5). */
    private static long resident(Service region) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + region.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024;
        }
    }

    private static long ticks(Service region) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + region.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static long size() throws IOException {
        Path folder = Executable.path().getParent();
        try (Stream<Path> files = Executable.isNative() ? Files.list(folder) : Files.walk(folder)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean counts = !Executable.isNative()
                        || file.equals(Executable.path())
                        || file.getFileName().toString().startsWith("libonnxruntime");
                bytes += counts ? Files.size(file) : 0;
            }
            return bytes / 1_000_000;
        }
    }

    /** Each figure under what it is, in the order of the table. */
    Map<String, Double> rows() {
        Map<String, Double> rows = new LinkedHashMap<>();
        rows.put("first decision after (ms)", (double) startMillis);
        rows.put("resident, idle (MB)", (double) idleMegabytes);
        rows.put("resident after 20,000 decisions (MB)", (double) usedMegabytes);
        rows.put("CPU per decision (us)", cpuMicros);
        rows.put("decision as the caller sees it, median (us)", (double) median);
        rows.put("decision as the caller sees it, p99 (us)", (double) p99);
        rows.put("artifact (MB)", (double) megabytes);
        return rows;
    }

    String table(String what) {
        StringBuilder table = new StringBuilder("| | " + what + " |\n|---|---|\n");
        rows().forEach((row, value) -> table.append(String.format(Locale.ROOT, "| %s | %.0f |%n", row, value)));
        return table.toString();
    }
}
