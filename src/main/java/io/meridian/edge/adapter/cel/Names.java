package io.meridian.edge.adapter.cel;

import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Nearest;
import io.meridian.edge.core.model.ValueType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a condition may read. */
final class Names {
    /** A problem with a name: what is wrong, and what would be right. */
    record Fault(String message, String advice) {}

    private final FactLayout layout;
    private final NameTree tree;
    private final IntFunction<List<String>> allowedValues;
    private final Set<String> allowedRoots;

    Names(FactLayout layout, NameTree tree, IntFunction<List<String>> allowedValues, Set<String> allowedRoots) {
        this.layout = layout;
        this.tree = tree;
        this.allowedValues = allowedValues;
        this.allowedRoots = allowedRoots;
    }

    /** The slot of a name, -1 if it cannot be read here; then there is a {@link #fault}. */
    int slot(String name) {
        return fault(name) == null ? layout.indexOf(name) : -1;
    }

    ValueType type(int slot) {
        return layout.slot(slot).type();
    }

    String name(int slot) {
        return layout.slot(slot).name();
    }

    /** What is wrong with a name, null if nothing is. */
    @Nullable
    Fault fault(String name) {
        NameTree.Group found = tree.find(name);
        if (found == null) {
            List<String> likely = tree.likely(name);
            return new Fault(
                    "nothing is called " + name, likely.isEmpty() ? "" : "did you mean " + either(likely) + "?");
        }
        String root = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        if (!allowedRoots.contains(root)) {
            String allowed = either(new TreeSet<>(allowedRoots).stream().toList());
            return new Fault(
                    name + " cannot be used here", allowed.isEmpty() ? "" : "only what begins with " + allowed);
        }
        if (!found.isFact()) {
            String example = found.members.values().iterator().next().path;
            return new Fault(name + " is a group of values, not a value", "name one of them, for example " + example);
        }
        return null;
    }

    /** What is wrong with comparing the strings of a slot with a constant, null if nothing is. */
    @Nullable
    Fault valueFault(int slot, String constant) {
        List<String> values = allowedValues.apply(slot);
        if (values.isEmpty() || values.contains(constant)) {
            return null;
        }
        List<String> likely = Nearest.likely(constant, values);
        String advice = likely.isEmpty()
                ? "its values are "
                        + values.stream()
                                .map(value -> value.isEmpty() ? "\"\" (none)" : value)
                                .collect(Collectors.joining(", "))
                : "did you mean " + either(likely) + "?";
        return new Fault("\"" + constant + "\" is no value of " + name(slot), advice);
    }

    private static String either(List<String> words) {
        return String.join(" or ", words);
    }
}
