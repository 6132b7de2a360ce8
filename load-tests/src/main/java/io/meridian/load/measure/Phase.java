package io.meridian.load.measure;

import java.time.Duration;

/**
 * A stretch of a run as planned.
 *
 * @param rate calls per second at its end
 * @param rising true if the rate grows up to that, false if it is constant
 */
public record Phase(String name, Duration length, double rate, boolean rising) {
    /** At a constant rate. */
    public static Phase constant(String name, Duration length, double rate) {
        return new Phase(name, length, rate, false);
    }

    /** From nearly nothing up to a rate. */
    public static Phase rising(String name, Duration length, double rate) {
        return new Phase(name, length, rate, true);
    }

    /** Such as {@code steady: 60 s at 200/s}. */
    @Override
    public String toString() {
        return name + ": " + length.toSeconds() + " s " + (rising ? "up to " : "at ") + rate + "/s";
    }
}
