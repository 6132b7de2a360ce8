package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.model.Facts;

/** Nodes whose value is a truth, apart from comparisons of numbers and strings. */
final class LogicNodes {
    private LogicNodes() {}

    static final class ConstantTruth extends Node {
        private final byte truth;

        ConstantTruth(boolean value) {
            this.truth = Truth.of(value);
        }

        @Override
        byte evaluate(Facts facts) {
            return truth;
        }
    }

    static final class BoolAttribute extends Node {
        private final int slot;

        BoolAttribute(int slot) {
            this.slot = slot;
        }

        @Override
        byte evaluate(Facts facts) {
            byte presence = presence(facts, slot);
            return presence == Truth.TRUE ? Truth.of(facts.boolAt(slot)) : presence;
        }
    }

    static final class Has extends Node {
        private final int slot;

        Has(int slot) {
            this.slot = slot;
        }

        @Override
        byte evaluate(Facts facts) {
            byte state = facts.state(slot);
            return state == Facts.UNKNOWN ? Truth.UNKNOWN : Truth.of(state == Facts.PRESENT);
        }
    }

    static final class Not extends Node {
        private final Node operand;

        Not(Node operand) {
            this.operand = operand;
        }

        @Override
        byte evaluate(Facts facts) {
            byte truth = operand.evaluate(facts);
            return truth <= Truth.TRUE ? (byte) (truth ^ 1) : truth;
        }
    }

    /**
     * {@code &&} or {@code ||}: one operand with the deciding value decides, else an unknown one makes it unknown, else
     * one in error makes it an error. So the order of operands does not matter.
     */
    static final class Junction extends Node {
        private final Node[] operands;
        private final byte deciding;

        private Junction(Node[] operands, byte deciding) {
            this.operands = operands;
            this.deciding = deciding;
        }

        static Junction all(Node[] operands) {
            return new Junction(operands, Truth.FALSE);
        }

        static Junction any(Node[] operands) {
            return new Junction(operands, Truth.TRUE);
        }

        @Override
        byte evaluate(Facts facts) {
            byte result = (byte) (deciding ^ 1);
            for (Node operand : operands) {
                byte truth = operand.evaluate(facts);
                if (truth == deciding) {
                    return truth;
                }
                if (truth == Truth.UNKNOWN || (truth == Truth.ERROR && result != Truth.UNKNOWN)) {
                    result = truth;
                }
            }
            return result;
        }
    }

    static final class Choice extends Node {
        private final Node condition;
        private final Node whenTrue;
        private final Node whenFalse;

        Choice(Node condition, Node whenTrue, Node whenFalse) {
            this.condition = condition;
            this.whenTrue = whenTrue;
            this.whenFalse = whenFalse;
        }

        @Override
        byte evaluate(Facts facts) {
            byte truth = condition.evaluate(facts);
            return truth <= Truth.TRUE ? branch(truth).evaluate(facts) : truth;
        }

        @Override
        long longValue(Facts facts) {
            return branch(condition.evaluate(facts)).longValue(facts);
        }

        @Override
        double doubleValue(Facts facts) {
            return branch(condition.evaluate(facts)).doubleValue(facts);
        }

        @Override
        String stringValue(Facts facts) {
            return branch(condition.evaluate(facts)).stringValue(facts);
        }

        private Node branch(byte truth) {
            return truth == Truth.TRUE ? whenTrue : whenFalse;
        }
    }

    static final class BoolComparison extends Node {
        private final int orders;
        private final Node left;
        private final Node right;

        BoolComparison(int orders, Node left, Node right) {
            this.orders = orders;
            this.left = left;
            this.right = right;
        }

        @Override
        byte evaluate(Facts facts) {
            byte first = left.evaluate(facts);
            if (first > Truth.TRUE) {
                return first;
            }
            byte second = right.evaluate(facts);
            if (second > Truth.TRUE) {
                return second;
            }
            return Truth.of((Order.of(first, (long) second) & orders) != 0);
        }
    }

    static final class BoolInConstants extends Node {
        private final Node needle;
        private final boolean hasTrue;
        private final boolean hasFalse;

        BoolInConstants(Node needle, boolean hasTrue, boolean hasFalse) {
            this.needle = needle;
            this.hasTrue = hasTrue;
            this.hasFalse = hasFalse;
        }

        @Override
        byte evaluate(Facts facts) {
            byte truth = needle.evaluate(facts);
            return truth > Truth.TRUE ? truth : Truth.of(truth == Truth.TRUE ? hasTrue : hasFalse);
        }
    }
}
