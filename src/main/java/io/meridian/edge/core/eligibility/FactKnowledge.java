package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.ValueType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is certain, or declared, about facts before any is known: which values they may take, and which segments exclude each other. Immutable. */
public final class FactKnowledge {
    /**
     * A segment, for what its being true says of other facts.
     *
     * @param slot where {@code segment.<id>} stands
     * @param group segments of one group exclude each other
     * @param priority within the group the matching segment of highest priority applies
     * @param condition when a visitor belongs
     */
    public record Membership(int slot, String group, int priority, Condition condition) {}

    /**
     * @param values a string may take; null if any
     * @param declared whether these are what was declared, and others come as well
     * @param shape holds for every string that occurs
     * @param least the least whole number that occurs
     * @param most the largest
     * @param absent whether it may be absent
     * @param readable whether it may ever be known
     */
    record Fact(
            @Nullable List<String> values,
            boolean declared,
            Predicate<String> shape,
            long least,
            long most,
            boolean absent,
            boolean readable) {
        Fact in(@Nullable List<String> others, boolean onlyDeclared) {
            return new Fact(others, onlyDeclared, shape, least, most, absent, readable);
        }
    }

    private static final Fact ANYTHING =
            new Fact(null, false, value -> true, Long.MIN_VALUE, Long.MAX_VALUE, true, true);

    private final FactLayout layout;
    private final Map<Integer, Fact> facts;
    private final Map<Integer, Membership> memberships;

    private FactKnowledge(FactLayout layout, Map<Integer, Fact> facts, Map<Integer, Membership> memberships) {
        this.layout = layout;
        this.facts = facts;
        this.memberships = memberships;
    }

    /** Nothing is certain but the types. */
    public static FactKnowledge of(FactLayout layout) {
        return new FactKnowledge(layout, Map.of(), Map.of());
    }

    /** A string is one of these whenever there is one. */
    public FactKnowledge values(int slot, List<String> values) {
        Fact fact = fact(slot);
        return with(slot, fact.in(List.copyOf(values), false));
    }

    /** A string should be one of these: whoever writes it was told so, and is not held to it. */
    public FactKnowledge declared(int slot, List<String> values) {
        return with(slot, fact(slot).in(List.copyOf(values), true));
    }

    /** The same without what is only {@linkplain #declared}. */
    public FactKnowledge certain() {
        Map<Integer, Fact> changed = new HashMap<>(facts);
        changed.replaceAll((slot, fact) -> fact.declared ? fact.in(null, false) : fact);
        return new FactKnowledge(layout, changed, memberships);
    }

    /** A string is as the predicate says whenever there is one. */
    public FactKnowledge shape(int slot, Predicate<String> shape) {
        Fact fact = fact(slot);
        return with(
                slot, new Fact(fact.values, fact.declared, shape, fact.least, fact.most, fact.absent, fact.readable));
    }

    /** A whole number lies between these, both included, whenever there is one. */
    public FactKnowledge range(int slot, long least, long most) {
        Fact fact = fact(slot);
        return with(slot, new Fact(fact.values, fact.declared, fact.shape, least, most, fact.absent, fact.readable));
    }

    /** It is never absent. */
    public FactKnowledge always(int slot) {
        Fact fact = fact(slot);
        return with(
                slot, new Fact(fact.values, fact.declared, fact.shape, fact.least, fact.most, false, fact.readable));
    }

    /** These can never be known, and so make unknown what reads them. */
    public FactKnowledge unreadable(BitSet slots) {
        Map<Integer, Fact> changed = new HashMap<>(facts);
        slots.stream().forEach(slot -> {
            Fact fact = fact(slot);
            changed.put(
                    slot, new Fact(fact.values, fact.declared, fact.shape, fact.least, fact.most, fact.absent, false));
        });
        return new FactKnowledge(layout, changed, memberships);
    }

    /** These segments, instead of any told before. Their slots are never absent. */
    public FactKnowledge segments(List<Membership> segments) {
        Map<Integer, Membership> bySlot = new HashMap<>();
        FactKnowledge knowledge = this;
        for (Membership segment : segments) {
            bySlot.put(segment.slot(), segment);
            knowledge = knowledge.always(segment.slot());
        }
        return new FactKnowledge(layout, knowledge.facts, bySlot);
    }

    FactLayout layout() {
        return layout;
    }

    ValueType type(int slot) {
        return layout.slot(slot).type();
    }

    Fact fact(int slot) {
        return facts.getOrDefault(slot, ANYTHING);
    }

    /** The segment that stands in this slot, null if none does. */
    @Nullable
    Membership segment(int slot) {
        return memberships.get(slot);
    }

    /** The segments of its group with a higher priority. */
    List<Membership> above(Membership segment) {
        List<Membership> above = new ArrayList<>();
        for (Membership other : memberships.values()) {
            if (other.group().equals(segment.group()) && other.priority() > segment.priority()) {
                above.add(other);
            }
        }
        above.sort(Comparator.comparingInt(Membership::priority).reversed());
        return above;
    }

    private FactKnowledge with(int slot, Fact fact) {
        Map<Integer, Fact> changed = new HashMap<>(facts);
        changed.put(slot, fact);
        return new FactKnowledge(layout, changed, memberships);
    }
}
