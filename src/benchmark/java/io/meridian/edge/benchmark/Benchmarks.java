package io.meridian.edge.benchmark;

import java.util.Arrays;

/** Where the build enters: {@code service}, {@code swap}, {@code overload}, {@code rules} or {@code micro}, and what follows for the one chosen. */
public final class Benchmarks {
    private Benchmarks() {}

    /** Exits with 1 if anything could not be measured. */
    public static void main(String[] arguments) throws Exception {
        String which = arguments.length == 0 ? "service" : arguments[0];
        String[] rest = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        switch (which) {
            case "service" -> ServiceBenchmark.run(ServiceBenchmark.Plan.of(rest));
            case "swap" -> SwapBenchmark.run(rest);
            case "overload" -> OverloadBenchmark.run(rest);
            case "rules" -> RulesBenchmark.run(rest);
            case "micro" -> org.openjdk.jmh.Main.main(rest);
            default -> {
                System.err.println("service, swap, overload, rules or micro, not " + which);
                System.exit(2);
            }
        }
    }
}
