package io.meridian.edge.core.eligibility;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for states of all variables that make a formula true: narrows what each variable may be by what must be so, and tries the
 * alternatives one after the other. Gives up after a bounded number of steps. For one search, confined to one thread.
 */
final class FormulaSearch {
    /** Conditions that people write take some dozens. */
    static final int MOST_STEPS = 5_000;

    private @Nullable StateSet[] states = new StateSet[16];
    private final Deque<Narrowed> trail = new ArrayDeque<>();
    private int steps;

    private record Narrowed(int variable, @Nullable StateSet before) {}

    /** False only if there are none. True if there are some, or it gave up. */
    boolean possible(Formula formula) {
        return satisfiable(List.of(formula));
    }

    private boolean satisfiable(List<Formula> all) {
        List<Formula.Either> choices = new ArrayList<>();
        for (Formula formula : all) {
            if (!assume(formula, choices)) {
                return false;
            }
        }
        if (!settle(choices)) {
            return false;
        }
        if (choices.isEmpty() || steps > MOST_STEPS) {
            return true;
        }
        Formula.Either choice = smallest(choices);
        choices.remove(choice);
        int mark = trail.size();
        for (Formula alternative : choice.parts()) {
            List<Formula> rest = new ArrayList<>(choices);
            rest.add(alternative);
            if (satisfiable(rest)) {
                return true;
            }
            undo(mark);
        }
        return false;
    }

    /** False if it contradicts what is assumed already. */
    private boolean assume(Formula formula, List<Formula.Either> choices) {
        steps++;
        if (formula instanceof Formula.Holds holds) {
            return narrow(holds);
        }
        if (formula instanceof Formula.Both both) {
            for (Formula part : both.parts()) {
                if (!assume(part, choices)) {
                    return false;
                }
            }
            return true;
        }
        choices.add((Formula.Either) formula);
        return true;
    }

    /** Takes the only alternative that is left wherever there is only one. False if there is none. */
    private boolean settle(List<Formula.Either> choices) {
        boolean changed = true;
        while (changed && steps <= MOST_STEPS) {
            changed = false;
            for (int i = 0; i < choices.size(); i++) {
                List<Formula> left = new ArrayList<>();
                for (Formula alternative : choices.get(i).parts()) {
                    if (!refuted(alternative)) {
                        left.add(alternative);
                    }
                }
                if (left.isEmpty()) {
                    return false;
                }
                if (left.size() == 1) {
                    choices.remove(i--);
                    if (!assume(left.get(0), choices)) {
                        return false;
                    }
                    changed = true;
                } else if (left.size() < choices.get(i).parts().size()) {
                    choices.set(i, new Formula.Either(left));
                }
            }
        }
        return true;
    }

    /** True if it cannot be so, as far as one look tells. */
    private boolean refuted(Formula formula) {
        steps++;
        if (formula instanceof Formula.Holds holds) {
            StateSet known = at(holds.variable());
            return (known == null ? holds.states() : known.and(holds.states())).isEmpty();
        }
        if (formula instanceof Formula.Both both) {
            return both.parts().stream().anyMatch(this::refuted);
        }
        return ((Formula.Either) formula).parts().stream().allMatch(this::refuted);
    }

    private boolean narrow(Formula.Holds holds) {
        int variable = holds.variable();
        StateSet before = at(variable);
        StateSet now = before == null ? holds.states() : before.and(holds.states());
        if (variable >= states.length) {
            states = Arrays.copyOf(states, Math.max(variable + 1, states.length * 2));
        }
        trail.push(new Narrowed(variable, before));
        states[variable] = now;
        return !now.isEmpty();
    }

    private void undo(int mark) {
        while (trail.size() > mark) {
            Narrowed last = trail.pop();
            states[last.variable()] = last.before();
        }
    }

    private @Nullable StateSet at(int variable) {
        return variable < states.length ? states[variable] : null;
    }

    private static Formula.Either smallest(List<Formula.Either> choices) {
        Formula.Either smallest = choices.get(0);
        for (Formula.Either choice : choices) {
            if (choice.parts().size() < smallest.parts().size()) {
                smallest = choice;
            }
        }
        return smallest;
    }
}
