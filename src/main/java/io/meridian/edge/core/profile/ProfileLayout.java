package io.meridian.edge.core.profile;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.ValueType;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How stored values become facts: for each data class, which position goes to which slot. Positions no bundle part looks
 * at are not decoded.
 */
public final class ProfileLayout {
    private final int[][] slots = new int[DataClass.count()][];
    private final ValueType[][] types = new ValueType[DataClass.count()][];
    private final int[] used;
    private final Map<String, String> interned = new HashMap<>();

    /**
     * @param used the slots that conditions or models look at
     * @param strings the strings conditions and models compare with; a decoder hands out these very objects, so that the
     *     usual comparison is one of identity and the usual value allocates nothing
     */
    public ProfileLayout(AttributeContract contract, FactLayout facts, BitSet used, Collection<String> strings) {
        this.used = used.stream().toArray();
        for (int c = 0; c < DataClass.count(); c++) {
            List<AttributeContract.Attribute> attributes = contract.of(DataClass.at(c));
            slots[c] = new int[attributes.size()];
            types[c] = new ValueType[attributes.size()];
            Arrays.fill(slots[c], -1);
            for (int position = 0; position < attributes.size(); position++) {
                types[c][position] = attributes.get(position).type();
                int slot = facts.indexOf("profile." + attributes.get(position).name());
                if (slot >= 0 && used.get(slot)) {
                    slots[c][position] = slot;
                }
            }
        }
        strings.forEach(string -> interned.put(string, string));
        contract.attributes()
                .forEach(attribute -> attribute.values().forEach(value -> interned.putIfAbsent(value, value)));
    }

    /** The slot of each stored position of a class, -1 where nobody looks. Not to be changed. */
    public int[] slots(DataClass dataClass) {
        return slots[dataClass.ordinal()];
    }

    /** The type of each stored position of a class. Not to be changed. */
    public ValueType[] types(DataClass dataClass) {
        return types[dataClass.ordinal()];
    }

    /** The slots somebody looks at. Not to be changed. */
    public int[] usedSlots() {
        return used;
    }

    /** The strings worth handing out as the same object. */
    public Collection<String> strings() {
        return interned.values();
    }
}
