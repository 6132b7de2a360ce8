package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.TreeSet;

/** Small checks of a tree's shape while rendering. */
final class Shape {
    private Shape() {}

    /** Throws {@link UnknownFeature} if there is another field than these. */
    static void onlyFields(JsonNode node, Collection<String> known, String where) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new UnknownFeature(where + ": '" + name + "' is none of " + new TreeSet<>(known));
            }
        });
    }

    /** Throws {@link UnknownFeature} with the message unless that holds. */
    static void require(boolean holds, String message) {
        if (!holds) {
            throw new UnknownFeature(message);
        }
    }

    /** The text of a scalar. */
    static String text(JsonNode node, String where) {
        require(node.isTextual(), where + " takes texts, not " + node);
        return node.textValue();
    }
}
