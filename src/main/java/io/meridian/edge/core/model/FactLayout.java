package io.meridian.edge.core.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where each fact stands: dense slots for everything a condition or a model may look at, fixed when a bundle is compiled.
 *
 * <p>Names are written as in conditions: {@code profile.tier}, {@code context.device},
 * {@code context.attributes.page.category}, {@code score.churn_risk}.
 */
public final class FactLayout {
    /**
     * One fact.
     *
     * @param name as written in conditions
     * @param type its type
     * @param dataClass the class of personal data it belongs to; null for the context, which is not about a person's past
     */
    public record Slot(
            String name, ValueType type, @Nullable DataClass dataClass) {}

    private final List<Slot> slots;
    private final Map<String, Integer> byName;
    private final int[] classBits;

    /** Names must differ. */
    public FactLayout(List<Slot> slots) {
        this.slots = List.copyOf(slots);
        this.byName = IntStream.range(0, this.slots.size())
                .boxed()
                .collect(Collectors.toUnmodifiableMap(i -> this.slots.get(i).name(), i -> i));
        this.classBits = this.slots.stream()
                .mapToInt(
                        slot -> slot.dataClass() == null ? 0 : slot.dataClass().bit())
                .toArray();
    }

    public int size() {
        return classBits.length;
    }

    public Slot slot(int index) {
        return slots.get(index);
    }

    /** The slot of that name, or -1. For compilers; never on the way of a request. */
    public int indexOf(String name) {
        return byName.getOrDefault(name, -1);
    }

    /** Every slot's name, in order. For compilers. */
    public List<String> names() {
        return slots.stream().map(Slot::name).toList();
    }

    /** The data class of a slot as a mask; 0 for context and scores. */
    int classBit(int slot) {
        return classBits[slot];
    }
}
