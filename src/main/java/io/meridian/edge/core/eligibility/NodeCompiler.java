package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.Expression.Constant;
import io.meridian.edge.core.eligibility.Expression.Relation;
import io.meridian.edge.core.model.ValueType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Turns an expression into nodes, choosing the specialised node where the shape has one. */
final class NodeCompiler {
    private NodeCompiler() {}

    static Node compile(Expression expression) {
        if (expression instanceof Constant constant) {
            return constant(constant);
        }
        if (expression instanceof Expression.Attribute attribute) {
            return attribute(attribute);
        }
        if (expression instanceof Expression.Has has) {
            return new LogicNodes.Has(has.slot());
        }
        if (expression instanceof Expression.Not not) {
            return new LogicNodes.Not(compile(not.operand()));
        }
        if (expression instanceof Expression.All all) {
            return LogicNodes.Junction.all(compile(all.operands()));
        }
        if (expression instanceof Expression.Any any) {
            return LogicNodes.Junction.any(compile(any.operands()));
        }
        if (expression instanceof Expression.Choice choice) {
            return new LogicNodes.Choice(
                    compile(choice.condition()), compile(choice.whenTrue()), compile(choice.whenFalse()));
        }
        if (expression instanceof Expression.Comparison comparison) {
            return comparison(comparison);
        }
        if (expression instanceof Expression.InConstants in) {
            return inConstants(in);
        }
        if (expression instanceof Expression.InAttribute in) {
            return new StringNodes.InAttribute(
                    compile(in.needle()), in.attribute().slot());
        }
        if (expression instanceof Expression.TextTest test) {
            return new StringNodes.TextTest(test.relation(), compile(test.text()), compile(test.part()));
        }
        return number(expression);
    }

    private static Node number(Expression expression) {
        boolean isInt = expression.type() == ValueType.INT;
        if (expression instanceof Expression.Arithmetic arithmetic) {
            Node left = compile(arithmetic.left());
            Node right = compile(arithmetic.right());
            return isInt
                    ? new NumberNodes.LongArithmetic(arithmetic.operation(), left, right)
                    : new NumberNodes.DoubleArithmetic(arithmetic.operation(), left, right);
        }
        if (expression instanceof Expression.Negation negation) {
            Node operand = compile(negation.operand());
            return isInt ? new NumberNodes.LongNegation(operand) : new NumberNodes.DoubleNegation(operand);
        }
        if (expression instanceof Expression.AsDouble asDouble) {
            return new NumberNodes.LongAsDouble(compile(asDouble.operand()));
        }
        if (expression instanceof Expression.Size size) {
            return size.operand().type() == ValueType.STRINGS
                    ? new StringNodes.ListSize(((Expression.Attribute) size.operand()).slot())
                    : new StringNodes.StringSize(compile(size.operand()));
        }
        throw new IllegalStateException("no node for " + expression.getClass().getSimpleName());
    }

    private static Node[] compile(List<Expression> operands) {
        return operands.stream().map(NodeCompiler::compile).toArray(Node[]::new);
    }

    private static Node constant(Constant constant) {
        return switch (constant.type()) {
            case BOOL -> new LogicNodes.ConstantTruth((Boolean) constant.value());
            case INT, DOUBLE -> new NumberNodes.ConstantNumber((Number) constant.value());
            case STRING -> new StringNodes.ConstantString((String) constant.value());
            case STRINGS -> throw new IllegalStateException("no list literals");
        };
    }

    private static Node attribute(Expression.Attribute attribute) {
        return switch (attribute.type()) {
            case BOOL -> new LogicNodes.BoolAttribute(attribute.slot());
            case INT, DOUBLE -> new NumberNodes.NumberAttribute(attribute.slot());
            case STRING -> new StringNodes.StringAttribute(attribute.slot());
            case STRINGS -> throw new IllegalStateException("a list is read by the node that searches or counts it");
        };
    }

    private static Node comparison(Expression.Comparison comparison) {
        Expression left = comparison.left();
        Expression right = comparison.right();
        if (left instanceof Expression.Attribute attribute && right instanceof Constant constant) {
            return attributeToConstant(comparison.relation(), attribute, constant);
        }
        if (left instanceof Constant constant && right instanceof Expression.Attribute attribute) {
            return attributeToConstant(comparison.relation().mirrored(), attribute, constant);
        }
        return compared(comparison.relation().orders, left, right);
    }

    private static Node compared(int orders, Expression left, Expression right) {
        Node a = compile(left);
        Node b = compile(right);
        return switch (left.type()) {
            case BOOL -> new LogicNodes.BoolComparison(orders, a, b);
            case INT -> new NumberNodes.LongComparison(orders, a, b);
            case DOUBLE -> new NumberNodes.DoubleComparison(orders, a, b);
            case STRING -> new StringNodes.StringComparison(orders, a, b);
            case STRINGS -> throw new IllegalStateException("lists are not compared");
        };
    }

    private static Node attributeToConstant(Relation relation, Expression.Attribute attribute, Constant constant) {
        int slot = attribute.slot();
        if (constant.value() instanceof Long number) {
            return new NumberNodes.LongAttributeToConstant(slot, relation.orders, number);
        }
        if (constant.value() instanceof Double number) {
            return new NumberNodes.DoubleAttributeToConstant(slot, relation.orders, number);
        }
        if (constant.value() instanceof String string) {
            if (relation == Relation.EQUAL || relation == Relation.NOT_EQUAL) {
                return new StringNodes.AttributeIsConstant(slot, string, relation == Relation.EQUAL);
            }
        }
        return compared(relation.orders, attribute, constant);
    }

    private static Node inConstants(Expression.InConstants in) {
        Node needle = compile(in.needle());
        List<Constant> constants = in.constants();
        return switch (in.needle().type()) {
            case BOOL -> new LogicNodes.BoolInConstants(needle, contains(constants, true), contains(constants, false));
            case INT ->
                new NumberNodes.LongInConstants(
                        needle,
                        constants.stream()
                                .mapToLong(constant -> (Long) constant.value())
                                .toArray());
            case DOUBLE ->
                new NumberNodes.DoubleInConstants(
                        needle,
                        constants.stream()
                                .mapToDouble(constant -> (Double) constant.value())
                                .toArray());
            case STRING -> {
                Set<String> strings = new LinkedHashSet<>();
                constants.forEach(constant -> strings.add((String) constant.value()));
                yield StringNodes.inConstants(needle, strings);
            }
            case STRINGS -> throw new IllegalStateException("no lists of lists");
        };
    }

    private static boolean contains(List<Constant> constants, boolean value) {
        return constants.stream().anyMatch(constant -> constant.value().equals(value));
    }
}
