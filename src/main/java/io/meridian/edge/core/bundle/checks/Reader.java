package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.FactKnowledge;
import io.meridian.edge.core.eligibility.Satisfiability;
import io.meridian.edge.core.eligibility.Satisfiability.Answer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conditions of a configuration, and what they come to wherever they are read; each asked once. */
final class Reader {
    private static final String SEGMENT = "segment.";

    private final CheckedBundle bundle;
    private final Satisfiability everywhere;
    private final Map<Condition, Answer> answers = new IdentityHashMap<>();
    private final Map<Condition, BitSet> slots = new IdentityHashMap<>();

    Reader(CheckedBundle bundle) {
        this.bundle = bundle;
        this.everywhere = new Satisfiability(bundle.knowledge());
    }

    /** The condition of a text; null if there is no text, or it was not compiled. */
    @Nullable
    Condition condition(@Nullable ConditionText text) {
        return text == null ? null : bundle.conditions().apply(text);
    }

    List<Condition> conditions(List<ConditionText> texts) {
        List<Condition> conditions = new ArrayList<>();
        for (ConditionText text : texts) {
            Condition condition = condition(text);
            if (condition != null) {
                conditions.add(condition);
            }
        }
        return conditions;
    }

    Satisfiability everywhere() {
        return everywhere;
    }

    /** What it comes to in whatever market. */
    Answer answer(Condition condition) {
        return answers.computeIfAbsent(condition, everywhere::of);
    }

    /** What is certain where a string can only be one of these. */
    FactKnowledge where(String fact, List<String> values) {
        int slot = bundle.facts().indexOf(fact);
        return slot < 0 ? bundle.knowledge() : bundle.knowledge().values(slot, values);
    }

    boolean reads(Condition condition, int slot) {
        return slot >= 0 && slots(condition).get(slot);
    }

    /** The slots it reads; not to be changed. */
    BitSet slots(Condition condition) {
        return slots.computeIfAbsent(condition, Condition::slots);
    }

    /** Why conditions cannot be true, for a message; the parts come from {@link Satisfiability#conflict}. */
    static String why(List<String> parts) {
        return switch (parts.size()) {
            case 0 -> "it is too involved to say why";
            case 1 -> parts.get(0) + " never holds";
            case 2 -> parts.get(0) + " and " + parts.get(1) + " cannot both hold";
            default -> Warnings.all(parts) + " cannot all hold";
        };
    }

    /** What would be right, where two segments exclude each other; else the advice given. */
    String advice(List<String> parts, String otherwise) {
        List<String> groups = new ArrayList<>();
        for (var segment : bundle.source().segments()) {
            if (parts.contains(SEGMENT + segment.id().value())) {
                String group = segment.group().value();
                if (groups.contains(group)) {
                    return "a visitor is in at most one segment of the group '" + group + "'";
                }
                groups.add(group);
            }
        }
        return otherwise;
    }
}
