package io.meridian.edge.core.eligibility;

import java.util.List;

/**
 * What must be so that a condition comes out in a certain way: {@code and} and {@code or} over statements about one variable
 * each. Without negation: the negated statement is one about the other states.
 */
sealed interface Formula {
    Formula TRUE = new Both(List.of());
    Formula FALSE = new Either(List.of());

    /**
     * A variable is in one of some states.
     *
     * @param variable dense, from 0
     */
    record Holds(int variable, StateSet states) implements Formula {}

    /** All of them; of none, always so. */
    record Both(List<Formula> parts) implements Formula {}

    /** At least one of them; of none, never so. */
    record Either(List<Formula> parts) implements Formula {}
}
