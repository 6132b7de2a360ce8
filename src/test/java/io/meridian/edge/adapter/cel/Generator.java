package io.meridian.edge.adapter.cel;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.ValueType;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Makes type-correct conditions and facts for them, of all that is supported, with values at the edges often. */
final class Generator {
    private static final FactLayout LAYOUT = Vocabulary.LAYOUT;
    private static final List<String> STRINGS = List.of(
            "",
            "a",
            "gold",
            "silver",
            "footwear",
            "foot",
            "é",
            "日本",
            "\uFF5E",
            "\uD83D\uDE00",
            "x\uD83D\uDE00y",
            "goldgold",
            "e\u0301",
            "\u00C5",
            "A\u030A",
            "\u0000",
            "ss",
            "\u00DF");
    private static final long[] LONGS = {
        0, 1, 2, -1, 3, 7, 30, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1, 3_037_000_500L
    };
    private static final double[] DOUBLES = {
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        2.0,
        100.25,
        1e300,
        -1e300,
        1e-300,
        0.1,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        9007199254740993.0
    };
    /** Values that facts can have and no literal. */
    private static final double[] WITHOUT_LITERAL = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};

    private static final List<String> RELATIONS = List.of("==", "!=", "<", "<=", ">", ">=");

    private final SplittableRandom random;

    Generator(SplittableRandom random) {
        this.random = random;
    }

    /** CEL text of a condition. */
    String condition(int depth) {
        return bool(depth);
    }

    /** Facts each present, absent or, if asked for, unknown. */
    Facts facts(boolean withUnknown) {
        Facts facts = new Facts(LAYOUT);
        facts.show(DataClass.ALL_BITS);
        for (int slot = 0; slot < LAYOUT.size(); slot++) {
            int state = random.nextInt(withUnknown ? 10 : 8);
            if (state == 0) {
                facts.setAbsent(slot);
            } else if (state < 8) {
                setAny(facts, slot);
            }
        }
        return facts;
    }

    /** Picks slots whose value is of the wrong type, and makes them unknown. */
    BitSet mistyped(Facts facts) {
        BitSet mistyped = new BitSet();
        for (int slot = 0; slot < LAYOUT.size(); slot++) {
            if (random.nextInt(3) == 0) {
                mistyped.set(slot);
                facts.setUnknown(slot);
            }
        }
        return mistyped;
    }

    /** Gives a slot some value. */
    void setAny(Facts facts, int slot) {
        switch (LAYOUT.slot(slot).type()) {
            case BOOL -> facts.setBool(slot, random.nextBoolean());
            case INT -> facts.setLong(slot, LONGS[random.nextInt(LONGS.length)]);
            case DOUBLE ->
                facts.setDouble(
                        slot,
                        random.nextInt(10) == 0
                                ? WITHOUT_LITERAL[random.nextInt(WITHOUT_LITERAL.length)]
                                : DOUBLES[random.nextInt(DOUBLES.length)]);
            case STRING -> facts.setString(slot, stringValue(slot));
            case STRINGS ->
                facts.setStrings(
                        slot,
                        IntStream.range(0, random.nextInt(4))
                                .mapToObj(i -> pick(STRINGS))
                                .toArray(String[]::new));
        }
    }

    private String stringValue(int slot) {
        List<String> allowed = Vocabulary.allowedValues(slot);
        // Not always the object a constant is: equal strings must be equal too.
        return new String(pick(allowed.isEmpty() ? STRINGS : allowed));
    }

    private String bool(int depth) {
        if (depth == 0) {
            return switch (random.nextInt(4)) {
                case 0 -> attribute(ValueType.BOOL);
                case 1 -> String.valueOf(random.nextBoolean());
                case 2 -> "has(" + LAYOUT.slot(random.nextInt(LAYOUT.size())).name() + ")";
                default -> equality();
            };
        }
        int below = depth - 1;
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> "(" + bool(below) + " && " + bool(below) + ")";
            case 3, 4, 5 -> "(" + bool(below) + " || " + bool(below) + ")";
            case 6 -> "!(" + bool(below) + ")";
            case 7 -> "(" + bool(below) + " ? " + bool(below) + " : " + bool(below) + ")";
            case 8 -> "(" + integer(below) + " " + pick(RELATIONS) + " " + integer(below) + ")";
            case 9 -> "(" + fraction(below) + " " + pick(RELATIONS) + " " + fraction(below) + ")";
            case 10 -> "(" + string(below) + " " + pick(RELATIONS) + " " + string(below) + ")";
            case 11 -> "(" + bool(below) + " " + pick(RELATIONS) + " " + bool(below) + ")";
            case 12 ->
                string(below) + "." + pick(List.of("startsWith", "endsWith", "contains")) + "(" + string(below) + ")";
            default -> membership(below);
        };
    }

    /** Comparisons with a constant the attribute can have, either way round, or with a few of them. */
    private String equality() {
        int slot;
        do {
            slot = random.nextInt(LAYOUT.size());
        } while (LAYOUT.slot(slot).type() != ValueType.STRING);
        String name = LAYOUT.slot(slot).name();
        return switch (random.nextInt(4)) {
            case 0 -> "(" + name + " == " + quoted(stringValue(slot)) + ")";
            case 1 -> "(" + quoted(stringValue(slot)) + " == " + name + ")";
            case 2 -> "(" + name + " != " + quoted(stringValue(slot)) + ")";
            default -> "(" + name + " in [" + quoted(stringValue(slot)) + ", " + quoted(stringValue(slot)) + "])";
        };
    }

    private String membership(int below) {
        return switch (random.nextInt(5)) {
            case 0 -> "(" + string(below) + " in profile.favourite_categories)";
            case 1 -> "(" + integer(below) + " in [" + longLiteral() + ", " + longLiteral() + "])";
            case 2 -> "(" + fraction(below) + " in [" + doubleLiteral() + ", " + doubleLiteral() + "])";
            case 3 -> "(" + bool(below) + " in [" + random.nextBoolean() + "])";
            default ->
                "(profile.top_category in ["
                        + String.join(
                                ", ", STRINGS.stream().map(Generator::quoted).toList()) + "])";
        };
    }

    private String integer(int depth) {
        if (depth == 0) {
            return random.nextInt(3) == 0 ? longLiteral() : attribute(ValueType.INT);
        }
        int below = depth - 1;
        return switch (random.nextInt(6)) {
            case 0, 1, 2 ->
                "(" + integer(below) + " " + pick(List.of("+", "-", "*", "/", "%")) + " " + integer(below) + ")";
            case 3 -> "(-" + attribute(ValueType.INT) + ")";
            case 4 -> "size(" + (random.nextBoolean() ? string(below) : "profile.favourite_categories") + ")";
            default -> "(" + bool(below) + " ? " + integer(below / 2) + " : " + integer(below / 2) + ")";
        };
    }

    private String fraction(int depth) {
        if (depth == 0) {
            return random.nextInt(3) == 0 ? doubleLiteral() : attribute(ValueType.DOUBLE);
        }
        int below = depth - 1;
        return switch (random.nextInt(6)) {
            case 0, 1, 2 ->
                "(" + fraction(below) + " " + pick(List.of("+", "-", "*", "/")) + " " + fraction(below) + ")";
            case 3 -> "(-" + attribute(ValueType.DOUBLE) + ")";
            case 4 -> "double(" + integer(below) + ")";
            default -> "(" + bool(below) + " ? " + fraction(below / 2) + " : " + fraction(below / 2) + ")";
        };
    }

    private String string(int depth) {
        if (depth > 0 && random.nextInt(6) == 0) {
            return "(" + bool(depth - 1) + " ? " + string(0) + " : " + string(0) + ")";
        }
        // Without declared values, so that every constant may be compared with it.
        return random.nextInt(3) == 0
                ? quoted(pick(STRINGS))
                : pick(List.of("profile.top_category", "context.market", "context.attributes.page.type"));
    }

    private String attribute(ValueType type) {
        int[] slots = IntStream.range(0, LAYOUT.size())
                .filter(slot -> LAYOUT.slot(slot).type() == type)
                .toArray();
        return LAYOUT.slot(slots[random.nextInt(slots.length)]).name();
    }

    private String longLiteral() {
        return String.valueOf(LONGS[random.nextInt(LONGS.length)]);
    }

    private String doubleLiteral() {
        return String.valueOf(DOUBLES[random.nextInt(DOUBLES.length)]);
    }

    private static String quoted(String value) {
        return "\"" + value + "\"";
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
