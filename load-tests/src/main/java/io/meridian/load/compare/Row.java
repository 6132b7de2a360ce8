package io.meridian.load.compare;

/**
 * One number, before and after.
 *
 * @param of the phase and the kind of call it is of; the kind is empty for a figure of the whole run
 * @param what the measure's or figure's name
 * @param change after ÷ before, or for shares after − before; not a number if there is nothing to divide by
 * @param limit what the change was held against, with what runs usually differ by
 */
record Row(
        String phase,
        String kind,
        String what,
        double before,
        double after,
        double change,
        double limit,
        Verdict verdict) {
    /** What a change means. */
    enum Verdict {
        SAME,
        WORSE,
        /** Shown, not judged: too few calls, or nothing it could be held against. */
        UNJUDGED
    }
}
