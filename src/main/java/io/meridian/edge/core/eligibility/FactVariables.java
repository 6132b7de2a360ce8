package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.Expression.Attribute;
import io.meridian.edge.core.eligibility.Expression.Constant;
import io.meridian.edge.core.eligibility.FactKnowledge.Fact;
import io.meridian.edge.core.eligibility.FactKnowledge.Membership;
import io.meridian.edge.core.eligibility.OutcomeFormulas.Outcome;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The variables of formulas: each fact is one; so is each number that is computed, the segment of a group that applies, and how a
 * comparison too involved to look into comes out. Strings stand as numbers, each its own, those nobody named among the rest.
 */
final class FactVariables {
    /** How an involved comparison comes out. */
    private static final long IS_FALSE = 0;

    private static final long IS_TRUE = 1;
    private static final long IS_ERROR = 2;
    private static final StateSet PRESENT = StateSet.ABSENT.not();
    private static final StateSet BOOLS = StateSet.of(0, 1);
    private static final StateSet DOUBLES = StateSet.between(
                    StateSet.place(Double.NEGATIVE_INFINITY), StateSet.place(Double.POSITIVE_INFINITY))
            .or(StateSet.NAN);
    private static final FactLayout EMPTY = new FactLayout(List.of());

    private final FactKnowledge knowledge;
    private final Map<String, Integer> variables = new HashMap<>();
    private final Map<String, Long> strings = new HashMap<>();

    FactVariables(FactKnowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** Takes note of a string, so that it is told apart from all others. */
    void note(Expression expression) {
        if (expression instanceof Constant constant && constant.value() instanceof String string) {
            number(string);
        } else if (expression instanceof Expression.InConstants in) {
            in.constants().forEach(this::note);
        }
    }

    long number(String string) {
        return strings.computeIfAbsent(string, key -> strings.size() + 1L);
    }

    /** The values of constants of one type, not bool. */
    StateSet states(List<Constant> constants) {
        return StateSet.of(constants.stream().mapToLong(this::number).toArray());
    }

    private long number(Constant constant) {
        if (constant.value() instanceof Double number) {
            return StateSet.place(number);
        }
        return constant.value() instanceof String string ? number(string) : (Long) constant.value();
    }

    /** That a fact is in one of these states. */
    Formula slot(int slot, StateSet states) {
        Fact fact = knowledge.fact(slot);
        if (!fact.readable()) {
            return Formula.FALSE;
        }
        StateSet possible = possible(slot, fact);
        StateSet both = possible.and(states);
        if (both.isEmpty()) {
            return Formula.FALSE;
        }
        return both.equals(possible) ? Formula.TRUE : new Formula.Holds(variable("$" + slot), both);
    }

    /** That a segment is the one of its group that applies, or is not. */
    Formula group(Membership segment, boolean member) {
        StateSet itself = StateSet.of(segment.slot());
        return new Formula.Holds(variable("&" + segment.group()), member ? itself : itself.not());
    }

    /**
     * That a comparison of a value comes out in a certain way.
     *
     * @param holding the values it is true for; what it says of absence does not count
     * @param failing the values it is false for; likewise
     */
    Formula compared(Expression value, StateSet holding, StateSet failing, Outcome outcome) {
        boolean holds = outcome == Outcome.TRUE || outcome == Outcome.NOT_FALSE;
        StateSet states = (holds ? holding : failing).and(PRESENT);
        StateSet all = outcome.certain() ? states : states.or(StateSet.ABSENT);
        if (value instanceof Attribute attribute) {
            return slot(attribute.slot(), all);
        }
        Formula computed = new Formula.Holds(variable("=" + Expressions.canonical(value)), all.and(possible(value)));
        return outcome.certain() ? new Formula.Both(List.of(computed, read(value))) : computed;
    }

    /** That a test of a string attribute against a constant comes out in a certain way. */
    Formula tested(Expression test, Attribute attribute, Outcome outcome) {
        boolean holds = outcome == Outcome.TRUE || outcome == Outcome.NOT_FALSE;
        Node node = NodeCompiler.compile(test);
        Facts facts = new Facts(knowledge.layout());
        facts.show(-1);
        long[] failing = knownStrings(attribute.slot()).entrySet().stream()
                .filter(entry -> {
                    facts.setString(attribute.slot(), entry.getKey());
                    return node.evaluate(facts) != Truth.of(holds);
                })
                .mapToLong(Map.Entry::getValue)
                .toArray();
        StateSet states = StateSet.of(failing).not().and(PRESENT);
        return new Formula.Both(List.of(
                slot(attribute.slot(), outcome.certain() ? states : states.or(StateSet.ABSENT)),
                opaque(test, outcome)));
    }

    /** That something comes out in a certain way of which nothing is known but that it cannot come out in two. */
    Formula opaque(Expression expression, Outcome outcome) {
        StateSet states = switch (outcome) {
            case TRUE -> StateSet.of(IS_TRUE);
            case FALSE -> StateSet.of(IS_FALSE);
            case NOT_TRUE -> StateSet.of(IS_FALSE, IS_ERROR);
            case NOT_FALSE -> StateSet.of(IS_TRUE, IS_ERROR);
        };
        Formula itself = new Formula.Holds(variable("?" + Expressions.canonical(expression)), states);
        return outcome.certain() ? new Formula.Both(List.of(itself, read(expression))) : itself;
    }

    /** That everything is there that must be for an expression to have a value. */
    private Formula read(Expression expression) {
        List<Formula> present = new ArrayList<>();
        collectRead(expression, present);
        return new Formula.Both(present);
    }

    /** Not into what may have a value although a part of it has none. */
    private void collectRead(Expression expression, List<Formula> present) {
        if (expression instanceof Attribute attribute) {
            present.add(slot(attribute.slot(), PRESENT));
            return;
        }
        boolean lenient = expression instanceof Expression.All
                || expression instanceof Expression.Any
                || expression instanceof Expression.Choice;
        if (!lenient) {
            Expressions.children(expression).forEach(child -> collectRead(child, present));
        }
    }

    /** The strings that were named and those declared for the slot, each with its number. */
    private Map<String, Long> knownStrings(int slot) {
        List<String> values = knowledge.fact(slot).values();
        if (values != null) {
            values.forEach(this::number);
        }
        return strings;
    }

    private StateSet possible(int slot, Fact fact) {
        StateSet values = switch (knowledge.type(slot)) {
            case BOOL -> BOOLS;
            case INT -> StateSet.between(fact.least(), fact.most());
            case DOUBLE -> DOUBLES;
            case STRING -> strings(fact);
            case STRINGS -> StateSet.of(0);
        };
        return fact.absent() ? values.or(StateSet.ABSENT) : values;
    }

    private StateSet strings(Fact fact) {
        List<String> values = fact.values();
        if (values != null) {
            return StateSet.of(values.stream().mapToLong(this::number).toArray());
        }
        Predicate<String> shape = fact.shape();
        return StateSet.of(strings.entrySet().stream()
                        .filter(entry -> !shape.test(entry.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .toArray())
                .not()
                .and(StateSet.VALUES);
    }

    private static StateSet possible(Expression value) {
        if (value.type() == ValueType.DOUBLE) {
            return DOUBLES.or(StateSet.ABSENT);
        }
        boolean size = value instanceof Expression.Size;
        return StateSet.between(size ? 0 : Long.MIN_VALUE, Long.MAX_VALUE).or(StateSet.ABSENT);
    }

    private int variable(String name) {
        return variables.computeIfAbsent(name, key -> variables.size());
    }

    /** The numbers that lie to this one in one of some {@linkplain Order orders}. */
    static StateSet related(long place, int orders) {
        StateSet states = (orders & Order.UNORDERED) == 0 ? StateSet.NONE : StateSet.NAN;
        if ((orders & Order.LESS) != 0 && place != Long.MIN_VALUE) {
            states = states.or(StateSet.between(Long.MIN_VALUE, place - 1));
        }
        if ((orders & Order.EQUAL) != 0) {
            states = states.or(StateSet.of(place));
        }
        if ((orders & Order.GREATER) != 0 && place != Long.MAX_VALUE) {
            states = states.or(StateSet.between(place + 1, Long.MAX_VALUE));
        }
        return states;
    }

    /** True if it reads no fact. */
    static boolean isConstant(Expression expression) {
        if (expression instanceof Attribute || expression instanceof Expression.Has) {
            return false;
        }
        for (Expression child : Expressions.children(expression)) {
            if (!isConstant(child)) {
                return false;
            }
        }
        return true;
    }

    /** How a constant expression of type bool comes out. */
    static byte evaluate(Expression constant) {
        return NodeCompiler.compile(constant).evaluate(new Facts(EMPTY));
    }

    /** The value of a constant expression: Boolean, Long, Double or String; null if it has none. */
    static @Nullable Object value(Expression constant) {
        Facts facts = new Facts(EMPTY);
        Node node = NodeCompiler.compile(constant);
        byte outcome = node.evaluate(facts);
        if (constant.type() == ValueType.BOOL) {
            return outcome > Truth.TRUE ? null : (Object) (outcome == Truth.TRUE);
        }
        if (outcome != Truth.TRUE) {
            return null;
        }
        return switch (constant.type()) {
            case INT -> (Object) node.longValue(facts);
            case DOUBLE -> node.doubleValue(facts);
            default -> node.stringValue(facts);
        };
    }
}
