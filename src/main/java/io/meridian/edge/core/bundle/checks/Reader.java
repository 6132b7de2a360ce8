package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.SegmentDefinition;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.FactKnowledge;
import io.meridian.edge.core.eligibility.Satisfiability;
import io.meridian.edge.core.eligibility.Satisfiability.Answer;
import io.meridian.edge.core.model.FactLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Conditions of a configuration, and what they come to wherever they are read; each asked once. */
final class Reader {
    private static final String SEGMENT = "segment.";
    private static final String BY_DECLARED = " by its declared values";
    private static final BitSet NOTHING = new BitSet();

    private final CheckedBundle bundle;
    private final Satisfiability everywhere;
    private final Map<Condition, Answer> answers = new IdentityHashMap<>();
    private final Map<Condition, BitSet> slots = new IdentityHashMap<>();
    private final Map<Condition, BitSet> origins = new IdentityHashMap<>();
    private final Map<Integer, BitSet> behindSegments;
    /** What differs from market to market. */
    private final BitSet local = new BitSet();

    Reader(CheckedBundle bundle) {
        this.bundle = bundle;
        this.everywhere = new Satisfiability(bundle.knowledge());
        this.behindSegments = behindSegments();
        for (String name : List.of("context.market", "context.daypart", "context.holiday")) {
            local.set(bundle.facts().indexOf(name));
        }
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

    /**
     * What it comes to in one market.
     *
     * @param here what is known there
     */
    Answer answer(Condition condition, Satisfiability here) {
        return here != everywhere && origins(condition).intersects(local) ? here.of(condition) : answer(condition);
    }

    /** How conditions exclude each other that are never true together: for good, or only if all keep to the values declared. */
    static String never(List<Condition> conditions, Satisfiability here) {
        return here.certain().together(conditions) ? "never true" + BY_DECLARED : "never true";
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

    /**
     * True if what one of them comes to says nothing about the others: they read different facts, also through segments. Then all
     * are true of some data if each of them is.
     */
    boolean areIndependent(List<Condition> conditions) {
        BitSet read = new BitSet();
        for (Condition condition : conditions) {
            BitSet own = origins(condition);
            if (read.intersects(own)) {
                return false;
            }
            read.or(own);
        }
        return true;
    }

    /** The slots it reads and those behind the segments it asks for; not to be changed. */
    BitSet origins(Condition condition) {
        return origins.computeIfAbsent(condition, this::findOrigins);
    }

    private BitSet findOrigins(Condition condition) {
        BitSet found = (BitSet) slots(condition).clone();
        slots(condition).stream().forEach(slot -> found.or(behindSegments.getOrDefault(slot, NOTHING)));
        return found;
    }

    /** What is behind a segment is behind all of its group. */
    private Map<Integer, BitSet> behindSegments() {
        Map<String, BitSet> byGroup = new HashMap<>();
        Map<Integer, BitSet> bySlot = new HashMap<>();
        for (SegmentDefinition segment : bundle.source().segments()) {
            int slot = bundle.facts().indexOf(SEGMENT + segment.id().value());
            BitSet behind = byGroup.computeIfAbsent(segment.group().value(), key -> new BitSet());
            behind.set(slot);
            Condition condition = condition(segment.when());
            if (condition != null) {
                behind.or(slots(condition));
            }
            bySlot.put(slot, behind);
        }
        return bySlot;
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

    /**
     * What would be right where parts exclude each other.
     *
     * @param otherwise what to do if none of the usual slips is behind it
     */
    String advice(List<String> parts, String otherwise) {
        String group = commonGroup(parts);
        if (group != null) {
            return "a visitor is in at most one segment of the group '" + group
                    + "'; join them with ||, or ask for one";
        }
        if (parts.size() == 1 && parts.get(0).startsWith("context.country ")) {
            return "a country is two capital letters, for example DE";
        }
        if (parts.size() == 1 && parts.get(0).startsWith("context.subdivision ")) {
            return "a subdivision is written in capitals and without its country: BY, not DE-BY";
        }
        return (parts.size() == 1 ? "mend it, or " : "mend one of them, or ") + otherwise;
    }

    /** How often something is true that always is: to have it, the data must be there to be read. */
    String always(Condition condition, Satisfiability here) {
        boolean personal = origins(condition).stream().anyMatch(slot -> {
            FactLayout.Slot fact = bundle.facts().slot(slot);
            return fact.dataClass() != null || !fact.name().startsWith("context.");
        });
        String always = personal ? "true for everybody whose data may be read" : "always true";
        return here.certain().of(condition) == Answer.ALWAYS ? always : always + BY_DECLARED;
    }

    /** A group of which two of the parts are segments; null if there is none. */
    private @Nullable String commonGroup(List<String> parts) {
        Set<String> groups = new HashSet<>();
        for (SegmentDefinition segment : bundle.source().segments()) {
            String group = segment.group().value();
            if (parts.contains(SEGMENT + segment.id().value()) && !groups.add(group)) {
                return group;
            }
        }
        return null;
    }
}
