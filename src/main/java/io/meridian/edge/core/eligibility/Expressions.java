package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.model.FactLayout;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Walks over expressions: their parts, and their text. */
final class Expressions {
    private Expressions() {}

    /** The parts an expression is made of, one level down. */
    static List<? extends Expression> children(Expression expression) {
        if (expression instanceof Expression.Not not) {
            return List.of(not.operand());
        }
        if (expression instanceof Expression.All all) {
            return all.operands();
        }
        if (expression instanceof Expression.Any any) {
            return any.operands();
        }
        if (expression instanceof Expression.Choice choice) {
            return List.of(choice.condition(), choice.whenTrue(), choice.whenFalse());
        }
        if (expression instanceof Expression.Comparison comparison) {
            return List.of(comparison.left(), comparison.right());
        }
        if (expression instanceof Expression.InConstants in) {
            return List.of(in.needle());
        }
        if (expression instanceof Expression.InAttribute in) {
            return List.of(in.needle(), in.attribute());
        }
        if (expression instanceof Expression.Arithmetic arithmetic) {
            return List.of(arithmetic.left(), arithmetic.right());
        }
        if (expression instanceof Expression.Negation negation) {
            return List.of(negation.operand());
        }
        if (expression instanceof Expression.AsDouble asDouble) {
            return List.of(asDouble.operand());
        }
        if (expression instanceof Expression.TextTest test) {
            return List.of(test.text(), test.part());
        }
        if (expression instanceof Expression.Size size) {
            return List.of(size.operand());
        }
        return List.of();
    }

    /** Every expression in it, itself first. */
    static void visit(Expression expression, Consumer<Expression> visitor) {
        visitor.accept(expression);
        children(expression).forEach(child -> visit(child, visitor));
    }

    /** As CEL, names from the layout, operands in the order written. */
    static String text(Expression expression, FactLayout layout) {
        return new Text(slot -> layout.slot(slot).name(), false).of(expression);
    }

    /** Equal for expressions that differ only in spelling or in the order of what {@code &&} and {@code ||} join. */
    static String canonical(Expression expression) {
        return new Text(slot -> "$" + slot, true).of(expression);
    }

    private record Text(Function<Integer, String> name, boolean sorted) {
        String of(Expression expression) {
            if (expression instanceof Expression.Constant constant) {
                return constant(constant.value());
            }
            if (expression instanceof Expression.Attribute attribute) {
                return name.apply(attribute.slot());
            }
            if (expression instanceof Expression.Has has) {
                return "has(" + name.apply(has.slot()) + ")";
            }
            if (expression instanceof Expression.Not not) {
                return "!" + operand(not.operand());
            }
            if (expression instanceof Expression.All all) {
                return joined(all.operands(), " && ");
            }
            if (expression instanceof Expression.Any any) {
                return joined(any.operands(), " || ");
            }
            if (expression instanceof Expression.Choice choice) {
                return operand(choice.condition()) + " ? " + operand(choice.whenTrue()) + " : "
                        + operand(choice.whenFalse());
            }
            return ofOperator(expression);
        }

        private String ofOperator(Expression expression) {
            if (expression instanceof Expression.Comparison comparison) {
                return operand(comparison.left()) + " " + comparison.relation().symbol() + " "
                        + operand(comparison.right());
            }
            if (expression instanceof Expression.InConstants in) {
                return operand(in.needle()) + " in "
                        + in.constants().stream().map(this::of).collect(Collectors.joining(", ", "[", "]"));
            }
            if (expression instanceof Expression.InAttribute in) {
                return operand(in.needle()) + " in " + of(in.attribute());
            }
            if (expression instanceof Expression.Arithmetic arithmetic) {
                return operand(arithmetic.left()) + " " + arithmetic.operation().symbol() + " "
                        + operand(arithmetic.right());
            }
            if (expression instanceof Expression.Negation negation) {
                return "-(" + of(negation.operand()) + ")";
            }
            if (expression instanceof Expression.AsDouble asDouble) {
                return "double(" + of(asDouble.operand()) + ")";
            }
            if (expression instanceof Expression.TextTest test) {
                return operand(test.text()) + "." + test.relation().function() + "(" + of(test.part()) + ")";
            }
            if (expression instanceof Expression.Size size) {
                return "size(" + of(size.operand()) + ")";
            }
            throw new IllegalStateException(
                    "no text for " + expression.getClass().getSimpleName());
        }

        private String operand(Expression expression) {
            boolean simple = expression instanceof Expression.Constant
                    || expression instanceof Expression.Attribute
                    || expression instanceof Expression.Has
                    || expression instanceof Expression.Size
                    || expression instanceof Expression.AsDouble;
            return simple ? of(expression) : "(" + of(expression) + ")";
        }

        private String joined(List<Expression> operands, String operator) {
            var texts = operands.stream().map(this::operand);
            return (sorted ? texts.sorted().distinct() : texts).collect(Collectors.joining(operator));
        }

        private static String constant(Object value) {
            if (!(value instanceof String string)) {
                return value.toString();
            }
            StringBuilder quoted = new StringBuilder("\"");
            for (int i = 0; i < string.length(); i++) {
                char unit = string.charAt(i);
                if (unit == '"' || unit == '\\') {
                    quoted.append('\\').append(unit);
                } else if (unit < ' ') {
                    quoted.append("\\u00")
                            .append(Character.forDigit(unit >> 4, 16))
                            .append(Character.forDigit(unit & 15, 16));
                } else {
                    quoted.append(unit);
                }
            }
            return quoted.append('"').toString();
        }
    }
}
