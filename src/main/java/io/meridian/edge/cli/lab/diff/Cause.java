package io.meridian.edge.cli.lab.diff;

import io.meridian.edge.adapter.config.ConfigChange;
import io.meridian.edge.adapter.config.ConfigTree.Leaf;
import io.meridian.edge.cli.lab.RuleBook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a decision changes.
 *
 * @param what one sentence, the same for all decisions it explains; names nothing of a visitor
 * @param changes the changes of the configuration behind it; empty if none could be told
 */
public record Cause(String what, List<ConfigChange> changes) {
    /** {@code offers ski-season lever: 1.3 (global/offers.yaml:150:12) → 2.0 (global/offers.yaml:150:12)}. */
    public static String told(ConfigChange change) {
        return change.file() + ": " + change.subject() + ": " + side(change.before()) + " → " + side(change.after());
    }

    private static String side(@Nullable Leaf leaf) {
        if (leaf == null) {
            return "nothing";
        }
        String text = leaf.path().isEmpty() ? "there" : leaf.text().strip();
        return leaf.where().line() == 0 ? text : text + " (" + RuleBook.place(leaf.where()) + ")";
    }
}
