package io.meridian.load;

import io.meridian.load.results.GoalResult;
import io.meridian.load.results.KindResult;
import io.meridian.load.results.RunResult;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What a run has to reach.
 *
 * @param name with its bound, as reports show it
 * @param check whether results reach it, and what they were
 */
record Goal(String name, Function<RunResult, Outcome> check) {
    /**
     * @param measured in words
     */
    record Outcome(boolean met, String measured) {}

    GoalResult judge(RunResult result) {
        Outcome outcome = check.apply(result);
        return new GoalResult(name, outcome.met(), outcome.measured());
    }

    /** The 99th percentile of good answers in a phase. */
    static Goal p99(String phase, double millis) {
        return latency("p99", phase, millis, KindResult::p99Millis);
    }

    /** The 99.9th percentile of good answers in a phase. */
    static Goal p999(String phase, double millis) {
        return latency("p99.9", phase, millis, KindResult::p999Millis);
    }

    private static Goal latency(String what, String phase, double millis, ToDoubleFunction<KindResult> percentile) {
        String name = "%s of %s at most %s ms".formatted(what, phase, plain(millis));
        return new Goal(name, result -> {
            KindResult all = result.phase(phase).all();
            double measured = percentile.applyAsDouble(all);
            return new Outcome(all.good() > 0 && measured <= millis, plain(measured) + " ms");
        });
    }

    /** Calls without a right answer, those turned away not counted. */
    static Goal failed(String phase, double share) {
        return share("failed in " + phase, phase, share, KindResult::failedShare);
    }

    /** Calls turned away. */
    static Goal shed(String phase, double share) {
        return share("turned away (429) in " + phase, phase, share, KindResult::shedShare);
    }

    /** Good answers that say something was late or failed, among the good ones. */
    static Goal degraded(String phase, double most) {
        return share("degraded in " + phase, phase, most, KindResult::degradedShare);
    }

    private static Goal share(String what, String phase, double most, ToDoubleFunction<KindResult> share) {
        return new Goal("%s at most %s %%".formatted(what, plain(most * 100)), result -> {
            KindResult all = result.phase(phase).all();
            double measured = share.applyAsDouble(all);
            return new Outcome(measured <= most, "%s %% of %d".formatted(plain(measured * 100), all.sent()));
        });
    }

    /** A number with up to three decimals. */
    static String plain(double number) {
        String text = String.format(Locale.ROOT, "%.3f", number);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }
}
