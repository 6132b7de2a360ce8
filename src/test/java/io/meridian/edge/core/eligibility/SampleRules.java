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
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Rules and facts of the kind people have, generated from a seed, for the tests of this package. */
final class SampleRules {
    static final int TIER = 0;
    static final int CATEGORY = 1;
    static final int DEVICE = 2;
    static final int ORDERS = 3;
    static final int NEWSLETTER = 4;
    static final int SPEND = 5;
    static final int INTERESTS = 6;
    static final int FIRST_SEGMENT = 7;
    static final int SEGMENTS = 8;

    static final FactLayout LAYOUT = layout();

    private static final List<String> VALUES = List.of("a", "b", "c", "d", "e");
    private static final long[] COUNTS = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 53, (1L << 53) + 1
    };
    private static final double[] AMOUNTS = {
        0, -0.0, 0.5, 1, 1.5, 2, 3, 10, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };

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
        int shape = random.nextInt(depth == 0 ? 10 : 16);
        return switch (shape) {
            case 0, 1 -> compared(string(random.nextInt(3)), string());
            case 2 -> new Expression.InConstants(string(random.nextInt(3)), constants(this::string));
            case 3 -> compared(new Attribute(ORDERS, ValueType.INT), whole());
            case 4 -> compared(new Attribute(SPEND, ValueType.DOUBLE), fraction());
            case 5 -> new Attribute(NEWSLETTER, ValueType.BOOL);
            case 6 -> new Expression.Has(random.nextInt(FIRST_SEGMENT));
            case 7 ->
                new Expression.InAttribute(
                        random.nextInt(4) == 0 ? string(TIER) : string(), new Attribute(INTERESTS, ValueType.STRINGS));
            case 8 -> among();
            case 9 -> unindexed();
            case 10, 11, 12 -> new Expression.All(parts(depth));
            case 13 -> new Expression.Any(parts(depth));
            case 14 -> new Expression.Choice(rule(depth - 1), rule(depth - 1), rule(depth - 1));
            default -> new Expression.Not(rule(depth - 1));
        };
    }

    private List<Expression> parts(int depth) {
        return IntStream.range(0, 1 + random.nextInt(5))
                .mapToObj(i -> rule(depth - 1))
                .toList();
    }

    /** One of the two to the left, by chance. */
    private Expression compared(Expression attribute, Constant constant) {
        Relation relation = Relation.values()[random.nextInt(Relation.values().length)];
        return random.nextBoolean()
                ? new Comparison(relation, attribute, constant)
                : new Comparison(relation, constant, attribute);
    }

    private Expression among() {
        return switch (random.nextInt(3)) {
            case 0 -> new Expression.InConstants(new Attribute(ORDERS, ValueType.INT), constants(this::whole));
            case 1 -> new Expression.InConstants(new Attribute(SPEND, ValueType.DOUBLE), constants(this::fraction));
            default -> new Expression.InConstants(new Attribute(NEWSLETTER, ValueType.BOOL), constants(this::truth));
        };
    }

    /** What an index can tell little or nothing of. */
    private Expression unindexed() {
        Attribute orders = new Attribute(ORDERS, ValueType.INT);
        return switch (random.nextInt(6)) {
            case 0 -> compared(new Expression.Arithmetic(Expression.Operation.REMAINDER, orders, whole()), whole());
            case 1 -> compared(new Expression.AsDouble(orders), fraction());
            case 2 -> compared(new Expression.Size(new Attribute(INTERESTS, ValueType.STRINGS)), whole());
            case 3 -> compared(new Expression.Choice(rule(0), string(TIER), string(CATEGORY)), string());
            case 4 -> compared(new Attribute(NEWSLETTER, ValueType.BOOL), truth());
            default -> truth();
        };
    }

    private Constant string() {
        return new Constant(ValueType.STRING, value());
    }

    private Constant whole() {
        return new Constant(ValueType.INT, COUNTS[random.nextInt(COUNTS.length)]);
    }

    private Constant fraction() {
        return new Constant(ValueType.DOUBLE, AMOUNTS[random.nextInt(AMOUNTS.length)]);
    }

    private Constant truth() {
        return new Constant(ValueType.BOOL, random.nextBoolean());
    }

    private List<Constant> constants(Supplier<Constant> one) {
        return IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> one.get())
                .toList();
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
            case ORDERS -> facts.setLong(slot, COUNTS[random.nextInt(COUNTS.length)]);
            case SPEND -> facts.setDouble(slot, AMOUNTS[random.nextInt(AMOUNTS.length)]);
            case INTERESTS ->
                facts.setStrings(
                        slot,
                        IntStream.range(0, random.nextInt(4))
                                .mapToObj(i -> new String(value()))
                                .toArray(String[]::new));
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
                new Slot("profile.newsletter", ValueType.BOOL, DataClass.PREFERENCE),
                new Slot("profile.spend_90d", ValueType.DOUBLE, DataClass.TRANSACTION),
                new Slot("profile.interests", ValueType.STRINGS, DataClass.PREFERENCE)));
        for (int i = 0; i < SEGMENTS; i++) {
            slots.add(new Slot("segment.s" + i, ValueType.BOOL, null));
        }
        return new FactLayout(slots);
    }
}
