package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.Expression.Operation;
import io.meridian.edge.core.model.Facts;

/** Nodes that read numbers. Whole numbers are 64 bits and leaving their range is an error; doubles are IEEE 754. */
final class NumberNodes {
    private NumberNodes() {}

    static final class ConstantNumber extends Node {
        private final long whole;
        private final double fractional;

        /** The accessor of the other type is never asked: expressions are type-correct. */
        ConstantNumber(Number value) {
            this.whole = value.longValue();
            this.fractional = value.doubleValue();
        }

        @Override
        byte evaluate(Facts facts) {
            return Truth.TRUE;
        }

        @Override
        long longValue(Facts facts) {
            return whole;
        }

        @Override
        double doubleValue(Facts facts) {
            return fractional;
        }
    }

    static final class NumberAttribute extends Node {
        private final int slot;

        NumberAttribute(int slot) {
            this.slot = slot;
        }

        @Override
        byte evaluate(Facts facts) {
            return presence(facts, slot);
        }

        @Override
        long longValue(Facts facts) {
            return facts.longAt(slot);
        }

        @Override
        double doubleValue(Facts facts) {
            return facts.doubleAt(slot);
        }
    }

    static final class LongAttributeToConstant extends Node {
        private final int slot;
        private final int orders;
        private final long constant;

        LongAttributeToConstant(int slot, int orders, long constant) {
            this.slot = slot;
            this.orders = orders;
            this.constant = constant;
        }

        @Override
        byte evaluate(Facts facts) {
            byte presence = presence(facts, slot);
            return presence == Truth.TRUE ? Truth.of((Order.of(facts.longAt(slot), constant) & orders) != 0) : presence;
        }
    }

    static final class DoubleAttributeToConstant extends Node {
        private final int slot;
        private final int orders;
        private final double constant;

        DoubleAttributeToConstant(int slot, int orders, double constant) {
            this.slot = slot;
            this.orders = orders;
            this.constant = constant;
        }

        @Override
        byte evaluate(Facts facts) {
            byte presence = presence(facts, slot);
            return presence == Truth.TRUE
                    ? Truth.of((Order.of(facts.doubleAt(slot), constant) & orders) != 0)
                    : presence;
        }
    }

    static final class LongComparison extends Node {
        private final int orders;
        private final Node left;
        private final Node right;

        LongComparison(int orders, Node left, Node right) {
            this.orders = orders;
            this.left = left;
            this.right = right;
        }

        @Override
        byte evaluate(Facts facts) {
            byte known = both(left, right, facts);
            return known == Truth.TRUE
                    ? Truth.of((Order.of(left.longValue(facts), right.longValue(facts)) & orders) != 0)
                    : known;
        }
    }

    static final class DoubleComparison extends Node {
        private final int orders;
        private final Node left;
        private final Node right;

        DoubleComparison(int orders, Node left, Node right) {
            this.orders = orders;
            this.left = left;
            this.right = right;
        }

        @Override
        byte evaluate(Facts facts) {
            byte known = both(left, right, facts);
            return known == Truth.TRUE
                    ? Truth.of((Order.of(left.doubleValue(facts), right.doubleValue(facts)) & orders) != 0)
                    : known;
        }
    }

    static final class LongInConstants extends Node {
        private final Node needle;
        private final long[] constants;

        LongInConstants(Node needle, long[] constants) {
            this.needle = needle;
            this.constants = constants;
        }

        @Override
        byte evaluate(Facts facts) {
            byte known = needle.evaluate(facts);
            if (known != Truth.TRUE) {
                return known;
            }
            long value = needle.longValue(facts);
            for (long constant : constants) {
                if (constant == value) {
                    return Truth.TRUE;
                }
            }
            return Truth.FALSE;
        }
    }

    static final class DoubleInConstants extends Node {
        private final Node needle;
        private final double[] constants;

        DoubleInConstants(Node needle, double[] constants) {
            this.needle = needle;
            this.constants = constants;
        }

        @Override
        byte evaluate(Facts facts) {
            byte known = needle.evaluate(facts);
            if (known != Truth.TRUE) {
                return known;
            }
            double value = needle.doubleValue(facts);
            for (double constant : constants) {
                if (constant == value) {
                    return Truth.TRUE;
                }
            }
            return Truth.FALSE;
        }
    }

    static final class LongArithmetic extends Node {
        private final Operation operation;
        private final Node left;
        private final Node right;

        LongArithmetic(Operation operation, Node left, Node right) {
            this.operation = operation;
            this.left = left;
            this.right = right;
        }

        @Override
        byte evaluate(Facts facts) {
            byte known = both(left, right, facts);
            if (known != Truth.TRUE) {
                return known;
            }
            return defined(left.longValue(facts), right.longValue(facts)) ? Truth.TRUE : Truth.ERROR;
        }

        @Override
        long longValue(Facts facts) {
            long a = left.longValue(facts);
            long b = right.longValue(facts);
            return switch (operation) {
                case ADD -> a + b;
                case SUBTRACT -> a - b;
                case MULTIPLY -> a * b;
                case DIVIDE -> a / b;
                case REMAINDER -> a % b;
            };
        }

        private boolean defined(long a, long b) {
            return switch (operation) {
                case ADD -> ((a ^ (a + b)) & (b ^ (a + b))) >= 0;
                case SUBTRACT -> ((a ^ b) & (a ^ (a - b))) >= 0;
                case MULTIPLY -> Math.multiplyHigh(a, b) == (a * b) >> 63;
                case DIVIDE, REMAINDER -> b != 0 && !(a == Long.MIN_VALUE && b == -1);
            };
        }
    }

    static final class DoubleArithmetic extends Node {
        private final Operation operation;
        private final Node left;
        private final Node right;

        DoubleArithmetic(Operation operation, Node left, Node right) {
            this.operation = operation;
            this.left = left;
            this.right = right;
        }

        @Override
        byte evaluate(Facts facts) {
            return both(left, right, facts);
        }

        @Override
        double doubleValue(Facts facts) {
            double a = left.doubleValue(facts);
            double b = right.doubleValue(facts);
            return switch (operation) {
                case ADD -> a + b;
                case SUBTRACT -> a - b;
                case MULTIPLY -> a * b;
                case DIVIDE -> a / b;
                case REMAINDER -> throw new IllegalStateException("no remainder of doubles");
            };
        }
    }

    static final class LongNegation extends Node {
        private final Node operand;

        LongNegation(Node operand) {
            this.operand = operand;
        }

        @Override
        byte evaluate(Facts facts) {
            byte known = operand.evaluate(facts);
            return known == Truth.TRUE && operand.longValue(facts) == Long.MIN_VALUE ? Truth.ERROR : known;
        }

        @Override
        long longValue(Facts facts) {
            return -operand.longValue(facts);
        }
    }

    static final class DoubleNegation extends Node {
        private final Node operand;

        DoubleNegation(Node operand) {
            this.operand = operand;
        }

        @Override
        byte evaluate(Facts facts) {
            return operand.evaluate(facts);
        }

        @Override
        double doubleValue(Facts facts) {
            return -operand.doubleValue(facts);
        }
    }

    static final class LongAsDouble extends Node {
        private final Node operand;

        LongAsDouble(Node operand) {
            this.operand = operand;
        }

        @Override
        byte evaluate(Facts facts) {
            return operand.evaluate(facts);
        }

        @Override
        double doubleValue(Facts facts) {
            return operand.longValue(facts);
        }
    }
}
