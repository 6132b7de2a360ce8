package io.meridian.edge.app.delivery;

import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.AttributeContract.Attribute;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds a contract against the one by which profiles were written so far. A value is stored by its position in its class; a contract that
 * gives the position another type, or moves an attribute to another, would make something else of what is stored about people.
 */
final class StoredPositions {
    private static final String FILE = "global/attributes.yaml";

    private StoredPositions() {}

    /** What would be read wrongly; empty if nothing. */
    static List<Problem> problems(AttributeContract before, AttributeContract after) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < DataClass.count(); i++) {
            DataClass dataClass = DataClass.at(i);
            List<Attribute> old = before.of(dataClass);
            for (Attribute attribute : after.of(dataClass)) {
                if (attribute.position() < old.size()) {
                    compare(old.get(attribute.position()), attribute, problems);
                }
                Attribute moved = before.find(attribute.name());
                if (moved != null && moved.dataClass() == dataClass && moved.position() != attribute.position()) {
                    problems.add(problem(
                            "'" + attribute.name() + "' moves from position " + moved.position() + " to "
                                    + attribute.position() + ", where something else may be stored",
                            "leave it at " + moved.position()));
                }
            }
        }
        return problems;
    }

    private static void compare(Attribute old, Attribute attribute, List<Problem> problems) {
        if (old.type() != attribute.type()) {
            problems.add(problem(
                    "'" + attribute.name() + "' takes position " + attribute.position() + " of '" + old.name()
                            + "', where values of another type are stored",
                    "give it the next free position"));
        }
    }

    private static Problem problem(String message, String advice) {
        return new Problem(FILE, 0, 0, "moved-attribute", message, advice);
    }
}
