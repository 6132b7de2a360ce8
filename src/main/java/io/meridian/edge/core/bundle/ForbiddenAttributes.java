package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Forbidden;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.model.FactLayout;
import java.util.List;

/**
 * Attributes that conditions written by markets and regions may not read. Segments are made centrally, and whatever they read, a
 * market may ask for one: that is how the centre lets markets use what they may not read themselves.
 */
final class ForbiddenAttributes {
    private final List<Forbidden> forbidden;
    private final FactLayout facts;

    ForbiddenAttributes(List<Forbidden> forbidden, FactLayout facts) {
        this.forbidden = forbidden;
        this.facts = facts;
    }

    /** Reports what a condition reads and may not. */
    void check(ConditionText text, Condition condition, Findings findings) {
        if (Layer.of(text.where()) == Layer.GLOBAL) {
            return;
        }
        for (Forbidden one : forbidden) {
            int slot = facts.indexOf(one.attribute().value());
            if (slot >= 0 && condition.slots().get(slot)) {
                findings.add(
                        place(text, one.attribute().value()),
                        "forbidden-attribute",
                        "conditions of markets may not read " + one.attribute().value() + ": "
                                + one.attribute().where() + " forbids it",
                        "ask for a segment instead, or " + Rails.ask(one.owner()));
            }
        }
    }

    /** Where the name stands in the text; its beginning if it is written with spaces. */
    private static Where place(ConditionText text, String name) {
        int index = text.text().indexOf(name);
        if (index < 0) {
            return text.where();
        }
        String before = text.text().substring(0, index);
        int line =
                1 + (int) before.chars().filter(character -> character == '\n').count();
        String last = before.substring(before.lastIndexOf('\n') + 1);
        return text.at(line, 1 + last.codePointCount(0, last.length()));
    }
}
