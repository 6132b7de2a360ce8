package io.meridian.edge.adapter.cel;

import com.google.api.expr.v1alpha1.Expr;
import java.util.Map;

/** Where the parts of a parsed condition stand in its text. */
record Places(String text, Positions positions, Map<Long, Integer> offsets) {
    /** Where an expression begins, as far as the parser remembers: an operator stands at its sign. */
    int of(Expr expression) {
        int offset = offsets.getOrDefault(expression.getId(), 0);
        return switch (expression.getExprKindCase()) {
            case SELECT_EXPR ->
                expression.getSelectExpr().getTestOnly()
                        ? lastBefore("has", offset)
                        : of(expression.getSelectExpr().getOperand());
            case CALL_EXPR ->
                isFunction(expression) ? lastBefore(expression.getCallExpr().getFunction(), offset) : offset;
            default -> offset;
        };
    }

    CelProblem problem(Expr expression, String message, String advice) {
        return positions.problem(of(expression), message, advice);
    }

    private static boolean isFunction(Expr expression) {
        return Character.isLetter(expression.getCallExpr().getFunction().charAt(0));
    }

    /** The parser remembers the opening bracket of a call; people look for its name. */
    private int lastBefore(String word, int offset) {
        int found = text.lastIndexOf(word, offset);
        return found < 0 ? offset : found;
    }
}
