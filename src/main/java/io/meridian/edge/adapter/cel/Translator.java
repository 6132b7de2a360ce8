package io.meridian.edge.adapter.cel;

import com.google.api.expr.v1alpha1.Constant;
import com.google.api.expr.v1alpha1.Expr;
import io.meridian.edge.core.eligibility.Expression;
import io.meridian.edge.core.eligibility.Expression.Operation;
import io.meridian.edge.core.eligibility.Expression.Relation;
import io.meridian.edge.core.eligibility.Expression.TextRelation;
import io.meridian.edge.core.model.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Translates one parsed CEL expression into ours and tells everything that is wrong with it. A part with a problem is null, and what
 * contains it says nothing more about it.
 */
final class Translator {
    private static final int DEEPEST = 32;
    /** Each choice between numbers or strings inside another one doubles the work of evaluating. */
    private static final int MOST_VALUE_CHOICES = 4;

    private final Names names;
    private final Places places;
    private final List<CelProblem> problems = new ArrayList<>();
    private int depth;
    private int valueChoices;

    Translator(Names names, Places places) {
        this.names = names;
        this.places = places;
    }

    /** The expression if it is a condition, else null; then there are {@link #problems}. */
    @Nullable
    Expression condition(Expr expr) {
        Expression expression = translateOf(ValueType.BOOL, expr);
        return problems.isEmpty() ? expression : null;
    }

    /** By line and column. */
    List<CelProblem> problems() {
        return problems.stream().distinct().sorted().toList();
    }

    private @Nullable Expression translate(Expr expr) {
        if (depth >= DEEPEST) {
            return fail(expr, "the condition is nested more than " + DEEPEST + " deep", "make segments of its parts");
        }
        depth++;
        Expression expression = switch (expr.getExprKindCase()) {
            case CONST_EXPR -> constant(expr);
            case IDENT_EXPR, SELECT_EXPR -> attribute(expr);
            case CALL_EXPR -> call(expr);
            case LIST_EXPR -> fail(expr, "a list can only stand to the right of in", "");
            case STRUCT_EXPR -> fail(expr, "maps and messages are not supported", "");
            case COMPREHENSION_EXPR -> fail(expr, "loops over lists are not supported", "");
            case EXPRKIND_NOT_SET -> fail(expr, "this is not supported", "");
        };
        depth--;
        return expression;
    }

    /** The expression if it has that type, else null and a problem. */
    private @Nullable Expression translateOf(ValueType type, Expr expr) {
        Expression expression = translate(expr);
        if (expression == null || expression.type() == type) {
            return expression;
        }
        String message = "this is " + article(expression.type()) + ", " + article(type) + " is needed";
        return fail(expr, message, type == ValueType.BOOL ? "compare it with something" : "");
    }

    private @Nullable Expression constant(Expr expr) {
        Constant constant = expr.getConstExpr();
        return switch (constant.getConstantKindCase()) {
            case BOOL_VALUE -> new Expression.Constant(ValueType.BOOL, constant.getBoolValue());
            case INT64_VALUE -> new Expression.Constant(ValueType.INT, constant.getInt64Value());
            case DOUBLE_VALUE -> new Expression.Constant(ValueType.DOUBLE, constant.getDoubleValue());
            case STRING_VALUE -> new Expression.Constant(ValueType.STRING, constant.getStringValue());
            case UINT64_VALUE -> fail(expr, "unsigned numbers are not supported", "leave out the u");
            case NULL_VALUE -> fail(expr, "null is not supported", "ask has(…) whether there is a value");
            case BYTES_VALUE -> fail(expr, "bytes are not supported", "leave out the b");
            case DURATION_VALUE, TIMESTAMP_VALUE, CONSTANTKIND_NOT_SET -> fail(expr, "this is not supported", "");
        };
    }

    private @Nullable Expression attribute(Expr expr) {
        String name = dotted(expr);
        if (name == null) {
            return fail(expr, "only attributes have parts", "");
        }
        Names.Fault fault = names.fault(name);
        if (fault != null) {
            return fail(expr, fault.message(), fault.advice());
        }
        int slot = names.slot(name);
        boolean has = expr.hasSelectExpr() && expr.getSelectExpr().getTestOnly();
        return has ? new Expression.Has(slot) : new Expression.Attribute(slot, names.type(slot));
    }

    /** {@code a.b.c} for such a selection, null if there is anything else in it. */
    private static @Nullable String dotted(Expr expr) {
        if (expr.hasIdentExpr()) {
            return expr.getIdentExpr().getName();
        }
        if (!expr.hasSelectExpr()) {
            return null;
        }
        Expr operand = expr.getSelectExpr().getOperand();
        boolean has = operand.hasSelectExpr() && operand.getSelectExpr().getTestOnly();
        String before = has ? null : dotted(operand);
        return before == null ? null : before + "." + expr.getSelectExpr().getField();
    }

    private @Nullable Expression call(Expr expr) {
        String function = expr.getCallExpr().getFunction();
        List<Expr> arguments = expr.getCallExpr().getArgsList();
        if (expr.getCallExpr().hasTarget()) {
            return function(expr, function, true);
        }
        return switch (function) {
            case "_&&_", "_||_" -> junction(expr, function);
            case "!_" -> not(arguments.get(0));
            case "_?_:_" -> choice(expr, arguments);
            case "@in" -> in(expr, arguments);
            case "-_" -> negation(arguments.get(0));
            default -> comparisonOrArithmetic(expr, function, arguments);
        };
    }

    private @Nullable Expression comparisonOrArithmetic(Expr expr, String function, List<Expr> arguments) {
        for (Relation relation : Relation.values()) {
            if (function.equals("_" + relation.symbol() + "_")) {
                return comparison(expr, relation, arguments);
            }
        }
        for (Operation operation : Operation.values()) {
            if (function.equals("_" + operation.symbol() + "_")) {
                return arithmetic(expr, operation, arguments);
            }
        }
        return function(expr, function, false);
    }

    private @Nullable Expression not(Expr of) {
        Expression operand = translateOf(ValueType.BOOL, of);
        return operand == null ? null : new Expression.Not(operand);
    }

    private @Nullable Expression function(Expr expr, String function, boolean method) {
        List<Expr> arguments = expr.getCallExpr().getArgsList();
        if (method && arguments.size() == 1) {
            for (TextRelation relation : TextRelation.values()) {
                if (function.equals(relation.function())) {
                    Expression text =
                            translateOf(ValueType.STRING, expr.getCallExpr().getTarget());
                    Expression part = translateOf(ValueType.STRING, arguments.get(0));
                    return text == null || part == null ? null : new Expression.TextTest(relation, text, part);
                }
            }
        }
        if (function.equals("size") && arguments.size() == (method ? 0 : 1)) {
            return size(method ? expr.getCallExpr().getTarget() : arguments.get(0));
        }
        if (function.equals("double") && !method && arguments.size() == 1) {
            Expression operand = translateOf(ValueType.INT, arguments.get(0));
            return operand == null ? null : new Expression.AsDouble(operand);
        }
        String shown = function.equals("_[_]") ? "access by index" : function + "()";
        return fail(expr, shown + " is not supported", Advice.onFunction(function));
    }

    private @Nullable Expression size(Expr of) {
        Expression operand = translate(of);
        if (operand == null) {
            return null;
        }
        return operand.type() == ValueType.STRING || operand.type() == ValueType.STRINGS
                ? new Expression.Size(operand)
                : fail(of, "this is " + article(operand.type()) + " and has no size", "");
    }

    private @Nullable Expression junction(Expr expr, String function) {
        List<Expr> parts = new ArrayList<>();
        flatten(expr, function, parts);
        List<Expression> operands = new ArrayList<>();
        boolean whole = true;
        for (Expr part : parts) {
            Expression operand = translateOf(ValueType.BOOL, part);
            if (operand == null) {
                whole = false;
            } else {
                operands.add(operand);
            }
        }
        if (!whole) {
            return null;
        }
        return function.equals("_&&_") ? new Expression.All(operands) : new Expression.Any(operands);
    }

    /** The parser makes a tree of a chain; to us it is one operation. */
    private static void flatten(Expr expr, String function, List<Expr> parts) {
        if (expr.hasCallExpr() && expr.getCallExpr().getFunction().equals(function)) {
            expr.getCallExpr().getArgsList().forEach(argument -> flatten(argument, function, parts));
        } else {
            parts.add(expr);
        }
    }

    private @Nullable Expression choice(Expr expr, List<Expr> arguments) {
        Expression condition = translateOf(ValueType.BOOL, arguments.get(0));
        Expression whenTrue = translate(arguments.get(1));
        Expression whenFalse = translate(arguments.get(2));
        if (condition == null || whenTrue == null || whenFalse == null) {
            return null;
        }
        if (whenTrue.type() != whenFalse.type() || whenTrue.type() == ValueType.STRINGS) {
            String types = article(whenTrue.type()) + " and " + article(whenFalse.type());
            return fail(expr, "this chooses between " + types, "both must be of one type, and no list");
        }
        if (whenTrue.type() != ValueType.BOOL && ++valueChoices > MOST_VALUE_CHOICES) {
            return fail(
                    expr,
                    "there are more than " + MOST_VALUE_CHOICES + " choices between values",
                    "choose between conditions");
        }
        return new Expression.Choice(condition, whenTrue, whenFalse);
    }

    private @Nullable Expression comparison(Expr expr, Relation relation, List<Expr> arguments) {
        Expression left = translate(arguments.get(0));
        Expression right = translate(arguments.get(1));
        if (left == null || right == null) {
            return null;
        }
        if (left.type() != right.type() || left.type() == ValueType.STRINGS) {
            String types = article(left.type()) + " " + relation.symbol() + " " + article(right.type());
            return fail(expr, "this compares " + types, Advice.onTypes(left, right, names));
        }
        boolean equality = relation == Relation.EQUAL || relation == Relation.NOT_EQUAL;
        boolean possible =
                !equality || (isValueOf(arguments.get(1), left, right) && isValueOf(arguments.get(0), right, left));
        return possible ? new Expression.Comparison(relation, left, right) : null;
    }

    private @Nullable Expression in(Expr expr, List<Expr> arguments) {
        Expression needle = translate(arguments.get(0));
        Expr container = arguments.get(1);
        if (container.hasListExpr()) {
            return inList(needle, container);
        }
        Expression list = translate(container);
        if (needle == null || list == null) {
            return null;
        }
        if (!(list instanceof Expression.Attribute attribute) || list.type() != ValueType.STRINGS) {
            return fail(
                    container,
                    "this is " + article(list.type()) + ", in needs a list",
                    "write [ ] around it or use ==");
        }
        if (needle.type() != ValueType.STRING) {
            return fail(expr, "this looks for " + article(needle.type()) + " in a list of strings", "");
        }
        return isValueOf(arguments.get(0), attribute, needle) ? new Expression.InAttribute(needle, attribute) : null;
    }

    private @Nullable Expression inList(@Nullable Expression needle, Expr list) {
        List<Expression.Constant> constants = new ArrayList<>();
        boolean whole = needle != null;
        if (list.getListExpr().getElementsCount() == 0) {
            return fail(list, "nothing is in an empty list", "");
        }
        for (Expr element : list.getListExpr().getElementsList()) {
            Expression constant = translate(element);
            if (constant == null) {
                whole = false;
            } else if (!(constant instanceof Expression.Constant literal)) {
                whole = false;
                fail(element, "a list can only hold literals", "join comparisons with ||");
            } else if (needle != null && constant.type() != needle.type()) {
                whole = false;
                String types = article(needle.type()) + " in a list with " + article(constant.type());
                fail(element, "this looks for " + types, Advice.onTypes(needle, constant, names));
            } else {
                whole &= needle == null || isValueOf(element, needle, constant);
                constants.add(literal);
            }
        }
        return needle == null || !whole ? null : new Expression.InConstants(needle, constants);
    }

    /** Whether an attribute can have a constant as its value; a problem if not. Of anything else, true. */
    private boolean isValueOf(Expr constantExpr, Expression attribute, Expression constant) {
        if (attribute instanceof Expression.Attribute fact
                && constant instanceof Expression.Constant literal
                && literal.value() instanceof String string) {
            Names.Fault fault = names.valueFault(fact.slot(), string);
            if (fault != null) {
                fail(constantExpr, fault.message(), fault.advice());
                return false;
            }
        }
        return true;
    }

    private @Nullable Expression arithmetic(Expr expr, Operation operation, List<Expr> arguments) {
        Expression left = translate(arguments.get(0));
        Expression right = translate(arguments.get(1));
        if (left == null || right == null) {
            return null;
        }
        boolean whole = left.type() == ValueType.INT;
        boolean numbers = whole || (left.type() == ValueType.DOUBLE && operation != Operation.REMAINDER);
        if (!numbers || left.type() != right.type()) {
            String types = article(left.type()) + " " + operation.symbol() + " " + article(right.type());
            boolean remainder = left.type() == ValueType.DOUBLE && right.type() == ValueType.DOUBLE;
            String advice = remainder ? "only whole numbers have a remainder" : Advice.onTypes(left, right, names);
            return fail(expr, "this computes " + types, advice);
        }
        return new Expression.Arithmetic(operation, left, right);
    }

    private @Nullable Expression negation(Expr of) {
        Expression operand = translate(of);
        if (operand == null) {
            return null;
        }
        return operand.type() == ValueType.INT || operand.type() == ValueType.DOUBLE
                ? new Expression.Negation(operand)
                : fail(of, "this is " + article(operand.type()) + ", a number is needed", "");
    }

    private @Nullable Expression fail(Expr expr, String message, String advice) {
        problems.add(places.problem(expr, message, advice));
        return null;
    }

    private static String article(ValueType type) {
        return Advice.article(type);
    }
}
