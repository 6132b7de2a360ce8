package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.Expression.Attribute;
import io.meridian.edge.core.eligibility.Expression.Constant;
import io.meridian.edge.core.model.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one fact must be like for a condition to have a certain outcome. Necessary, not sufficient: an index that asks for it finds
 * too many candidates rather than too few, and evaluating decides.
 */
sealed interface Demand {
    /** The side of a fact that is looked at. Demands on one axis exclude each other, except those on elements. */
    record Axis(Aspect aspect, int slot) {}

    /** What is looked at. */
    enum Aspect {
        /** The value of a string. Keys are strings. */
        STRING,
        /** The elements of several strings. Keys are strings. */
        ELEMENT,
        /** The value of a bool. Keys are Booleans. */
        BOOL,
        /** Whether there is a value. Keys are Booleans: true for present, false for read and absent. */
        PRESENCE,
        /** The value of a whole number. */
        WHOLE,
        /** The value of a double. */
        FRACTION
    }

    Axis axis();

    /** Both at once: null if that cannot be. Both on the same axis, which is not that of elements. */
    @Nullable
    Demand and(Demand other);

    /** That one of some keys is met. Distinct keys, at least one. */
    record Keys(Axis axis, List<Object> keys) implements Demand {
        static Keys of(Aspect aspect, int slot, Object key) {
            return new Keys(new Axis(aspect, slot), List.of(key));
        }

        static Keys strings(int slot, List<Constant> constants) {
            List<Object> keys =
                    constants.stream().map(Constant::value).distinct().toList();
            return new Keys(new Axis(Aspect.STRING, slot), keys);
        }

        @Override
        public @Nullable Demand and(Demand other) {
            List<Object> both =
                    keys.stream().filter(((Keys) other).keys::contains).toList();
            return both.isEmpty() ? null : new Keys(axis, both);
        }
    }

    /**
     * That a number is in a range, ends included. Whole numbers are compared as doubles: the conversion keeps their order, so that
     * none in the range is missed.
     */
    record Range(Axis axis, double low, double high) implements Demand {
        static Range of(Attribute attribute, double low, double high) {
            Aspect aspect = attribute.type() == ValueType.INT ? Aspect.WHOLE : Aspect.FRACTION;
            return new Range(new Axis(aspect, attribute.slot()), low, high);
        }

        @Override
        public @Nullable Demand and(Demand other) {
            Range range = (Range) other;
            double from = Math.max(low, range.low);
            double to = Math.min(high, range.high);
            return from <= to ? new Range(axis, from, to) : null;
        }
    }
}
