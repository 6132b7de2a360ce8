package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.Expression.Attribute;
import io.meridian.edge.core.eligibility.Expression.Comparison;
import io.meridian.edge.core.eligibility.Expression.Constant;
import io.meridian.edge.core.eligibility.Expression.Relation;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.FactLayout.Slot;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.ValueType;
import java.util.List;
import java.util.SplittableRandom;

/** Rules and facts of the kind people have, generated from a seed, for the tests of this package. */
final class SampleRules {
    static final int TIER = 0;
    static final int CATEGORY = 1;
    static final int DEVICE = 2;
    static final int ORDERS = 3;
    static final int NEWSLETTER = 4;
    static final int FIRST_SEGMENT = 5;
    static final int SEGMENTS = 8;

    static final FactLayout LAYOUT = layout();

    private static final List<String> VALUES = List.of("a", "b", "c", "d", "e");

    private final SplittableRandom random;

    SampleRules(SplittableRandom random) {
        this.random = random;
    }

    static Condition condition(Expression expression) {
        return new Condition(expression, LAYOUT, Expressions.text(expression, LAYOUT));
    }

    static Expression is(int slot, String value) {
        return new Comparison(Relation.EQUAL, string(slot), new Constant(ValueType.STRING, value));
    }

    static Expression atLeast(int slot, long value) {
        return new Comparison(
                Relation.GREATER_OR_EQUAL, new Attribute(slot, ValueType.INT), new Constant(ValueType.INT, value));
    }

    Expression rule(int depth) {
        int shape = random.nextInt(depth == 0 ? 6 : 10);
        return switch (shape) {
            case 0, 1 -> is(random.nextInt(3), value());
            case 2 ->
                new Expression.InConstants(
                        string(random.nextInt(3)),
                        List.of(new Constant(ValueType.STRING, value()), new Constant(ValueType.STRING, value())));
            case 3 -> atLeast(ORDERS, random.nextInt(10));
            case 4 -> new Attribute(NEWSLETTER, ValueType.BOOL);
            case 5 -> new Expression.Has(random.nextInt(5));
            case 6, 7 -> new Expression.All(List.of(rule(depth - 1), rule(depth - 1)));
            case 8 -> new Expression.Any(List.of(rule(depth - 1), rule(depth - 1)));
            default -> new Expression.Not(rule(depth - 1));
        };
    }

    /** Facts each present, absent or unknown; segments unknown. */
    Facts facts() {
        Facts facts = new Facts(LAYOUT);
        facts.show(DataClass.ALL_BITS);
        for (int slot = 0; slot < FIRST_SEGMENT; slot++) {
            int state = random.nextInt(8);
            if (state == 0) {
                facts.setAbsent(slot);
            } else if (state > 1) {
                setAny(facts, slot);
            }
        }
        return facts;
    }

    private void setAny(Facts facts, int slot) {
        switch (slot) {
            case ORDERS -> facts.setLong(slot, random.nextInt(12));
            case NEWSLETTER -> facts.setBool(slot, random.nextBoolean());
            default -> facts.setString(slot, new String(random.nextInt(6) == 0 ? "none of them" : value()));
        }
    }

    private String value() {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private static Attribute string(int slot) {
        return new Attribute(slot, ValueType.STRING);
    }

    private static FactLayout layout() {
        List<Slot> slots = new java.util.ArrayList<>(List.of(
                new Slot("profile.tier", ValueType.STRING, DataClass.TRANSACTION),
                new Slot("profile.last_category", ValueType.STRING, DataClass.TRANSACTION),
                new Slot("context.device", ValueType.STRING, null),
                new Slot("profile.orders_90d", ValueType.INT, DataClass.TRANSACTION),
                new Slot("profile.newsletter", ValueType.BOOL, DataClass.PREFERENCE)));
        for (int i = 0; i < SEGMENTS; i++) {
            slots.add(new Slot("segment.s" + i, ValueType.BOOL, null));
        }
        return new FactLayout(slots);
    }
}
