package io.meridian.load.compare;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** {@code compare <before> <after>}. Exit codes: 0 no regression, 1 regression, 2 wrong usage or nothing that can be compared. */
public final class Compare {
    private static final String USAGE = """
            compare [flags] <before> <after>

            Before and after are results of runs: a file, a folder of files, or several joined by commas. Of several runs
            medians are compared; three a side or more tell a change from the noise of the machine.

              --mean --p50 --p95 --p99 --p99.9 <times>   worse if after ÷ before is more      (%s)
              --good/s <times>                           worse if it is less                  (%s)
              --failed --429 <share>                     worse if after − before is more      (%s)
              --cpu <times>                              CPU time per call, worse if more     (%s)
              --capacity <times>                         of a ramp, worse if less             (%s)
              --floor <ms>                               latencies that grew by less are same (%s)
              --format text|json

            Exit code: 0 no regression, 1 regression, 2 wrong usage, damaged results, or runs of different kinds.
            """.formatted(
                    limits(Measure.MEAN, Measure.P50, Measure.P95, Measure.P99, Measure.P999),
                    limits(Measure.THROUGHPUT),
                    limits(Measure.FAILED, Measure.SHED),
                    Limits.CPU,
                    Limits.CAPACITY,
                    Limits.FLOOR_MILLIS);

    private final Map<Measure, Double> measures = new EnumMap<>(Measure.class);
    private double cpu = Limits.CPU;
    private double capacity = Limits.CAPACITY;
    private double floor = Limits.FLOOR_MILLIS;
    private boolean asJson;
    private final List<String> sides = new ArrayList<>();

    private Compare() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    /** The command; returns the exit code. */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        Compare compare = new Compare();
        try {
            compare.parse(arguments);
            Side before = Side.read(compare.sides.get(0));
            Side after = Side.read(compare.sides.get(1));
            Comparison comparison = Comparison.of(
                    before, after, new Limits(compare.measures, compare.cpu, compare.capacity, compare.floor));
            Report report = new Report(comparison, before, after);
            out.println(compare.asJson ? report.json() : report.text());
            return comparison.regressed() ? 1 : 0;
        } catch (NotComparable e) {
            err.println("compare: " + e.getMessage());
            return 2;
        } catch (IllegalArgumentException e) {
            err.println("compare: " + e.getMessage());
            err.println();
            err.print(USAGE);
            return 2;
        }
    }

    private void parse(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (!argument.startsWith("--")) {
                sides.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (equals < 0 && ++i == arguments.length) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            set(name, equals < 0 ? arguments[i] : argument.substring(equals + 1));
        }
        if (sides.size() != 2) {
            throw new IllegalArgumentException("two sides are needed, before and after; there are " + sides.size());
        }
    }

    private void set(String name, String value) {
        switch (name) {
            case "--cpu" -> cpu = number(name, value);
            case "--capacity" -> capacity = number(name, value);
            case "--floor" -> floor = number(name, value);
            case "--format" -> {
                if (!value.equals("text") && !value.equals("json")) {
                    throw new IllegalArgumentException("--format is text or json, not " + value);
                }
                asJson = value.equals("json");
            }
            default -> measures.put(measure(name), number(name, value));
        }
    }

    private static Measure measure(String flag) {
        for (Measure measure : Measure.values()) {
            if (flag.equals("--" + measure.label())) {
                return measure;
            }
        }
        throw new IllegalArgumentException("there is no flag " + flag);
    }

    private static double number(String name, String value) {
        try {
            double number = Double.parseDouble(value);
            if (number >= 0 && number < Double.POSITIVE_INFINITY) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(name + " needs a number, 0 or more, not " + value);
    }

    private static String limits(Measure... measures) {
        List<String> limits = new ArrayList<>();
        for (Measure measure : measures) {
            limits.add(Double.toString(measure.limit()));
        }
        return String.join(" ", limits);
    }
}
