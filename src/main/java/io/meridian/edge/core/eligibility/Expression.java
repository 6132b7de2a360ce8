package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.model.ValueType;
import java.util.List;

/**
 * A type-correct expression over the slots of a {@link io.meridian.edge.core.model.FactLayout}: what a front end (CEL)
 * hands over to be compiled into a {@link Condition}. Constructors refuse what is not type-correct with an
 * {@link IllegalArgumentException}; a front end finds and explains such faults itself, before.
 */
public sealed interface Expression {
    /** The type of its value. */
    ValueType type();

    /** A literal. {@code value} is a Boolean, Long, Double or String, as {@code type} says. Strings are interned. */
    record Constant(ValueType type, Object value) implements Expression {
        public Constant {
            boolean fits = switch (type) {
                case BOOL -> value instanceof Boolean;
                case INT -> value instanceof Long;
                case DOUBLE -> value instanceof Double;
                case STRING -> value instanceof String;
                case STRINGS -> false;
            };
            require(fits, "a literal of another type");
            if (value instanceof String string) {
                // Decoders hand out the same objects, so that most comparisons end at identity.
                value = string.intern();
            }
        }
    }

    /** The value of a fact. */
    record Attribute(int slot, ValueType type) implements Expression {}

    /** {@code has(x)}: false only for a fact that was read and is absent. */
    record Has(int slot) implements Expression {
        @Override
        public ValueType type() {
            return ValueType.BOOL;
        }
    }

    /** {@code !x}. */
    record Not(Expression operand) implements Expression {
        public Not {
            requireType(operand, ValueType.BOOL);
        }

        @Override
        public ValueType type() {
            return ValueType.BOOL;
        }
    }

    /** {@code a && b && …}, without order. */
    record All(List<Expression> operands) implements Expression {
        public All {
            operands = List.copyOf(operands);
            operands.forEach(operand -> requireType(operand, ValueType.BOOL));
        }

        @Override
        public ValueType type() {
            return ValueType.BOOL;
        }
    }

    /** {@code a || b || …}, without order. */
    record Any(List<Expression> operands) implements Expression {
        public Any {
            operands = List.copyOf(operands);
            operands.forEach(operand -> requireType(operand, ValueType.BOOL));
        }

        @Override
        public ValueType type() {
            return ValueType.BOOL;
        }
    }

    /** {@code condition ? whenTrue : whenFalse}. Only the branch taken is evaluated. */
    record Choice(Expression condition, Expression whenTrue, Expression whenFalse) implements Expression {
        public Choice {
            requireType(condition, ValueType.BOOL);
            requireType(whenFalse, whenTrue.type());
            require(whenTrue.type() != ValueType.STRINGS, "a choice between lists");
        }

        @Override
        public ValueType type() {
            return whenTrue.type();
        }
    }

    /** {@code left relation right}, both of the same type, not lists. Strings are ordered by code point. */
    record Comparison(Relation relation, Expression left, Expression right) implements Expression {
        public Comparison {
            requireType(right, left.type());
            require(left.type() != ValueType.STRINGS, "a comparison of lists");
        }

        @Override
        public ValueType type() {
            return ValueType.BOOL;
        }
    }

    /** {@code needle in [constants]}; all of the needle's type, at least one. */
    record InConstants(Expression needle, List<Constant> constants) implements Expression {
        public InConstants {
            constants = List.copyOf(constants);
            require(!constants.isEmpty(), "an empty list");
            ValueType type = needle.type();
            constants.forEach(constant -> requireType(constant, type));
        }

        @Override
        public ValueType type() {
            return ValueType.BOOL;
        }
    }

    /** {@code needle in attribute} for an attribute of several strings. */
    record InAttribute(Expression needle, Attribute attribute) implements Expression {
        public InAttribute {
            requireType(needle, ValueType.STRING);
            requireType(attribute, ValueType.STRINGS);
        }

        @Override
        public ValueType type() {
            return ValueType.BOOL;
        }
    }

    /** {@code left operation right} on two whole numbers or two doubles; no remainder of doubles. */
    record Arithmetic(Operation operation, Expression left, Expression right) implements Expression {
        public Arithmetic {
            requireType(right, left.type());
            boolean isInt = left.type() == ValueType.INT;
            require(isInt || left.type() == ValueType.DOUBLE, "arithmetic on what is no number");
            require(isInt || operation != Operation.REMAINDER, "a remainder of doubles");
        }

        @Override
        public ValueType type() {
            return left.type();
        }
    }

    /** {@code -x} of a number. */
    record Negation(Expression operand) implements Expression {
        public Negation {
            require(operand.type() == ValueType.INT || operand.type() == ValueType.DOUBLE, "a negation of no number");
        }

        @Override
        public ValueType type() {
            return operand.type();
        }
    }

    /** {@code double(x)} of a whole number. */
    record AsDouble(Expression operand) implements Expression {
        public AsDouble {
            requireType(operand, ValueType.INT);
        }

        @Override
        public ValueType type() {
            return ValueType.DOUBLE;
        }
    }

    /** {@code text.startsWith(part)} and its siblings. */
    record TextTest(TextRelation relation, Expression text, Expression part) implements Expression {
        public TextTest {
            requireType(text, ValueType.STRING);
            requireType(part, ValueType.STRING);
        }

        @Override
        public ValueType type() {
            return ValueType.BOOL;
        }
    }

    /** {@code size(x)}: the code points of a string or the elements of an attribute of several strings. */
    record Size(Expression operand) implements Expression {
        public Size {
            boolean list = operand.type() == ValueType.STRINGS && operand instanceof Attribute;
            require(list || operand.type() == ValueType.STRING, "a size of what has none");
        }

        @Override
        public ValueType type() {
            return ValueType.INT;
        }
    }

    /** How two values are compared. */
    enum Relation {
        EQUAL("==", 0b0010),
        NOT_EQUAL("!=", 0b1101),
        LESS("<", 0b0001),
        LESS_OR_EQUAL("<=", 0b0011),
        GREATER(">", 0b0100),
        GREATER_OR_EQUAL(">=", 0b0110);

        private final String symbol;
        /** The orders (bits of {@link Order}) for which it holds. */
        final int orders;

        Relation(String symbol, int orders) {
            this.symbol = symbol;
            this.orders = orders;
        }

        /** As written in CEL. */
        public String symbol() {
            return symbol;
        }

        /** The relation that says the same with the sides exchanged. */
        Relation mirrored() {
            return switch (this) {
                case EQUAL -> EQUAL;
                case NOT_EQUAL -> NOT_EQUAL;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }
    }

    /** What is computed of two numbers. */
    enum Operation {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        REMAINDER("%");

        private final String symbol;

        Operation(String symbol) {
            this.symbol = symbol;
        }

        /** As written in CEL. */
        public String symbol() {
            return symbol;
        }
    }

    /** How one string is looked for in another. */
    enum TextRelation {
        STARTS_WITH("startsWith"),
        ENDS_WITH("endsWith"),
        CONTAINS("contains");

        private final String function;

        TextRelation(String function) {
            this.function = function;
        }

        /** As written in CEL. */
        public String function() {
            return function;
        }
    }

    private static void requireType(Expression operand, ValueType type) {
        require(operand.type() == type, "a value of another type than " + type.celName());
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException(fault);
        }
    }
}
