package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.model.Facts;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns one side of a fact into a small whole number, its cell, once per visitor: what rules ask about it are then comparisons of
 * whole numbers. Immutable.
 */
abstract class Scale {
    /** Where there is no value, or none that a rule asks for. */
    static final int NONE = -1;

    /** The visitor's cell, 0 or more, or {@link #NONE}. */
    abstract int cell(Facts facts);

    /** Numbers the values of a string that rules ask for. */
    static final class OfString extends Scale {
        private final int slot;
        private final Map<String, Integer> cells = new HashMap<>();

        OfString(int slot, Iterable<Object> values) {
            this.slot = slot;
            values.forEach(value -> cells.put((String) value, cells.size()));
        }

        @Override
        int cell(Facts facts) {
            // Boxed once, when the index is built.
            return facts.state(slot) == Facts.PRESENT ? cells.getOrDefault(facts.stringAt(slot), NONE) : NONE;
        }

        int cell(Object value) {
            return cells.getOrDefault((String) value, NONE);
        }
    }

    /** 1 for true or present, 0 for false or absent. */
    static final class OfTruth extends Scale {
        private final int slot;
        private final boolean presence;

        /** @param presence whether there is a value, instead of the value of a bool */
        OfTruth(int slot, boolean presence) {
            this.slot = slot;
            this.presence = presence;
        }

        @Override
        int cell(Facts facts) {
            byte state = facts.state(slot);
            if (state == Facts.PRESENT) {
                return presence || facts.boolAt(slot) ? 1 : 0;
            }
            return state == Facts.ABSENT && presence ? 0 : NONE;
        }
    }
}
