package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.model.Facts;
import java.util.Set;

/** Nodes that read strings. */
final class StringNodes {
    /** Up to here looking at each beats hashing, because equal strings are mostly the same object. */
    private static final int FEW = 8;

    private StringNodes() {}

    static final class ConstantString extends Node {
        private final String value;

        ConstantString(String value) {
            this.value = value;
        }

        @Override
        byte evaluate(Facts facts) {
            return Truth.TRUE;
        }

        @Override
        String stringValue(Facts facts) {
            return value;
        }
    }

    static final class StringAttribute extends Node {
        private final int slot;

        StringAttribute(int slot) {
            this.slot = slot;
        }

        @Override
        byte evaluate(Facts facts) {
            return presence(facts, slot);
        }

        @Override
        String stringValue(Facts facts) {
            return facts.stringAt(slot);
        }
    }

    /** {@code attribute == constant} and, negated, {@code attribute != constant}. */
    static final class AttributeIsConstant extends Node {
        private final int slot;
        private final String constant;
        private final boolean expected;

        AttributeIsConstant(int slot, String constant, boolean expected) {
            this.slot = slot;
            this.constant = constant;
            this.expected = expected;
        }

        @Override
        byte evaluate(Facts facts) {
            byte presence = presence(facts, slot);
            return presence == Truth.TRUE ? Truth.of(same(facts.stringAt(slot), constant) == expected) : presence;
        }
    }

    static final class StringComparison extends Node {
        private final int orders;
        private final Node left;
        private final Node right;

        StringComparison(int orders, Node left, Node right) {
            this.orders = orders;
            this.left = left;
            this.right = right;
        }

        @Override
        byte evaluate(Facts facts) {
            byte known = both(left, right, facts);
            return known == Truth.TRUE
                    ? Truth.of((Order.of(left.stringValue(facts), right.stringValue(facts)) & orders) != 0)
                    : known;
        }
    }

    static final class InFewConstants extends Node {
        private final Node needle;
        private final String[] constants;

        private InFewConstants(Node needle, String[] constants) {
            this.needle = needle;
            this.constants = constants;
        }

        @Override
        byte evaluate(Facts facts) {
            byte known = needle.evaluate(facts);
            return known == Truth.TRUE ? Truth.of(among(needle.stringValue(facts), constants)) : known;
        }
    }

    static final class InManyConstants extends Node {
        private final Node needle;
        private final Set<String> constants;

        private InManyConstants(Node needle, Set<String> constants) {
            this.needle = needle;
            this.constants = constants;
        }

        @Override
        byte evaluate(Facts facts) {
            byte known = needle.evaluate(facts);
            return known == Truth.TRUE ? Truth.of(constants.contains(needle.stringValue(facts))) : known;
        }
    }

    static Node inConstants(Node needle, Set<String> constants) {
        return constants.size() <= FEW
                ? new InFewConstants(needle, constants.toArray(new String[0]))
                : new InManyConstants(needle, Set.copyOf(constants));
    }

    static final class InAttribute extends Node {
        private final Node needle;
        private final int slot;

        InAttribute(Node needle, int slot) {
            this.needle = needle;
            this.slot = slot;
        }

        @Override
        byte evaluate(Facts facts) {
            byte known = needle.evaluate(facts);
            if (known == Truth.TRUE) {
                known = presence(facts, slot);
            }
            return known == Truth.TRUE ? Truth.of(among(needle.stringValue(facts), facts.stringsAt(slot))) : known;
        }
    }

    static final class TextTest extends Node {
        private final Expression.TextRelation relation;
        private final Node text;
        private final Node part;

        TextTest(Expression.TextRelation relation, Node text, Node part) {
            this.relation = relation;
            this.text = text;
            this.part = part;
        }

        @Override
        byte evaluate(Facts facts) {
            byte known = both(text, part, facts);
            if (known != Truth.TRUE) {
                return known;
            }
            String whole = text.stringValue(facts);
            String sought = part.stringValue(facts);
            return Truth.of(
                    switch (relation) {
                        case STARTS_WITH -> whole.startsWith(sought);
                        case ENDS_WITH -> whole.endsWith(sought);
                        case CONTAINS -> whole.contains(sought);
                    });
        }
    }

    static final class StringSize extends Node {
        private final Node operand;

        StringSize(Node operand) {
            this.operand = operand;
        }

        @Override
        byte evaluate(Facts facts) {
            return operand.evaluate(facts);
        }

        @Override
        long longValue(Facts facts) {
            String value = operand.stringValue(facts);
            return value.codePointCount(0, value.length());
        }
    }

    static final class ListSize extends Node {
        private final int slot;

        ListSize(int slot) {
            this.slot = slot;
        }

        @Override
        byte evaluate(Facts facts) {
            return presence(facts, slot);
        }

        @Override
        long longValue(Facts facts) {
            return facts.stringsAt(slot).length;
        }
    }

    @SuppressWarnings("ReferenceEquality") // identity first: constants and decoded values are mostly the same object
    private static boolean same(String value, String constant) {
        return value == constant || value.equals(constant);
    }

    private static boolean among(String value, String[] constants) {
        for (String constant : constants) {
            if (same(value, constant)) {
                return true;
            }
        }
        return false;
    }
}
