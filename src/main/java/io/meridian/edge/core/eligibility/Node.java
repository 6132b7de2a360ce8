package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.model.Facts;

/**
 * A compiled (sub)expression. Immutable, shared by all threads, allocates nothing.
 *
 * <p>A value comes in two steps because there is no pair to return without allocating: {@link #evaluate} says whether
 * there is one, and only if it says {@link Truth#TRUE} the accessor of the node's type gives it. Boolean nodes need one
 * step: their outcome is their value. Computing twice is cheap as long as choices are not nested in choices; who builds
 * expressions from foreign text bounds that.
 */
abstract class Node {
    /**
     * A boolean node's outcome. Of other nodes {@link Truth#TRUE} (there is a value), {@link Truth#UNKNOWN} or
     * {@link Truth#ERROR}.
     */
    abstract byte evaluate(Facts facts);

    long longValue(Facts facts) {
        throw new IllegalStateException("not a whole number");
    }

    double doubleValue(Facts facts) {
        throw new IllegalStateException("not a double");
    }

    String stringValue(Facts facts) {
        throw new IllegalStateException("not a string");
    }

    /** The first of two operands that has no value decides, as in CEL: its outcome, or TRUE if both have one. */
    static byte both(Node left, Node right, Facts facts) {
        byte first = left.evaluate(facts);
        return first == Truth.TRUE ? right.evaluate(facts) : first;
    }

    /** Whether the slot has a value: TRUE, UNKNOWN, or ERROR if it is absent. */
    static byte presence(Facts facts, int slot) {
        byte state = facts.state(slot);
        if (state == Facts.PRESENT) {
            return Truth.TRUE;
        }
        return state == Facts.UNKNOWN ? Truth.UNKNOWN : Truth.ERROR;
    }
}
