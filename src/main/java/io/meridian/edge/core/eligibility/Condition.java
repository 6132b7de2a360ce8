package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.ValueType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rule about a visitor and a moment, compiled. Immutable and shared by all threads; evaluating allocates nothing.
 *
 * <p>Meaning: CEL's. {@code &&} and {@code ||} take their operands in any order and absorb errors ({@code false && error}
 * is false); reading an absent fact, leaving the range of a whole number and dividing a whole number by zero are errors; what depends on an
 * unknown fact is unknown.
 */
public final class Condition {
    /**
     * One comparison of a condition and how it came out.
     *
     * @param text as CEL; holds what the rule says, never the visitor's value
     * @param outcome of {@link Truth}
     */
    public record Leaf(String text, byte outcome) {}

    private final Expression expression;
    private final FactLayout layout;
    private final String text;
    private final String canonical;
    private final Node root;
    private final BitSet slots = new BitSet();
    private final Set<String> strings;

    /**
     * Compiles an expression of type bool over the slots of a layout.
     *
     * @param text what was written, for explanations
     */
    public Condition(Expression expression, FactLayout layout, String text) {
        if (expression.type() != ValueType.BOOL) {
            throw new IllegalArgumentException("a condition is true or false, not of type "
                    + expression.type().celName());
        }
        this.expression = expression;
        this.layout = layout;
        this.text = text;
        this.canonical = Expressions.canonical(expression);
        this.root = NodeCompiler.compile(expression);
        Set<String> found = new LinkedHashSet<>();
        Expressions.visit(expression, part -> {
            collectSlots(part);
            collectStrings(part, found);
        });
        this.strings = Set.copyOf(found);
    }

    /** True only if all are: for rules that narrow another one. At least one, all over the same layout. */
    public static Condition all(List<Condition> conditions) {
        Condition first = conditions.get(0);
        if (conditions.size() == 1) {
            return first;
        }
        for (Condition condition : conditions) {
            if (condition.layout != first.layout) {
                throw new IllegalArgumentException("conditions over different layouts");
            }
        }
        List<Expression> operands = new ArrayList<>();
        for (Condition condition : conditions) {
            if (condition.expression instanceof Expression.All all) {
                operands.addAll(all.operands());
            } else {
                operands.add(condition.expression);
            }
        }
        String text =
                conditions.stream().map(condition -> "(" + condition.text + ")").collect(Collectors.joining(" && "));
        return new Condition(new Expression.All(operands), first.layout, text);
    }

    /** {@link Truth#FALSE}, {@link Truth#TRUE}, {@link Truth#UNKNOWN} or {@link Truth#ERROR}. */
    public byte evaluate(Facts facts) {
        return root.evaluate(facts);
    }

    /** What was written. */
    public String text() {
        return text;
    }

    /** The slots it reads, a copy. */
    public BitSet slots() {
        return (BitSet) slots.clone();
    }

    /** Its string constants, interned: a decoder that hands out these objects makes comparisons end at identity. */
    public Set<String> strings() {
        return strings;
    }

    /**
     * Its comparisons in the order written, each with its outcome for these facts: which part was false, unknown or in
     * error. For explanations; this one allocates.
     */
    public List<Leaf> why(Facts facts) {
        List<Leaf> leaves = new ArrayList<>();
        collectLeaves(expression, facts, leaves);
        return leaves;
    }

    @Override
    public String toString() {
        return text;
    }

    /** Equal for conditions that mean the same by construction. */
    String canonical() {
        return canonical;
    }

    Expression expression() {
        return expression;
    }

    private void collectLeaves(Expression part, Facts facts, List<Leaf> leaves) {
        boolean joins = part instanceof Expression.All
                || part instanceof Expression.Any
                || part instanceof Expression.Not
                || part instanceof Expression.Choice;
        if (joins) {
            Expressions.children(part).forEach(child -> collectLeaves(child, facts, leaves));
        } else {
            leaves.add(new Leaf(
                    Expressions.text(part, layout), NodeCompiler.compile(part).evaluate(facts)));
        }
    }

    private void collectSlots(Expression part) {
        if (part instanceof Expression.Attribute attribute) {
            slots.set(attribute.slot());
        } else if (part instanceof Expression.Has has) {
            slots.set(has.slot());
        }
    }

    private static void collectStrings(Expression part, Set<String> found) {
        if (part instanceof Expression.Constant constant && constant.value() instanceof String string) {
            found.add(string);
        } else if (part instanceof Expression.InConstants in) {
            in.constants().forEach(constant -> collectStrings(constant, found));
        }
    }
}
