package io.meridian.edge.benchmark.rules;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Facts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A visitor in the forms that engines take. */
public final class RuleFacts {
    private RuleFacts() {}

    /** As a decision has them, everything visible, strings interned as the decoder of profiles has them. */
    public static Facts facts(FactLayout layout, Map<String, Object> visitor) {
        Facts facts = new Facts(layout);
        facts.show(DataClass.ALL_BITS);
        visitor.forEach((name, value) -> set(facts, layout.indexOf(name), value));
        return facts;
    }

    private static void set(Facts facts, int slot, Object value) {
        if (value instanceof Long number) {
            facts.setLong(slot, number);
        } else if (value instanceof Double number) {
            facts.setDouble(slot, number);
        } else if (value instanceof Boolean flag) {
            facts.setBool(slot, flag);
        } else if (value instanceof List<?> list) {
            facts.setStrings(
                    slot, list.stream().map(one -> ((String) one).intern()).toArray(String[]::new));
        } else {
            facts.setString(slot, ((String) value).intern());
        }
    }

    /** As nested maps: {@code profile.tier} is {@code tier} in {@code profile}. */
    public static Map<String, Object> nested(Map<String, Object> visitor) {
        Map<String, Object> nested = new HashMap<>();
        visitor.forEach((name, value) -> {
            String[] parts = name.split("\\.");
            Map<String, Object> at = nested;
            for (int i = 0; i < parts.length - 1; i++) {
                at = group(at, parts[i]);
            }
            at.put(parts[parts.length - 1], value);
        });
        return nested;
    }

    @SuppressWarnings("unchecked") // only made here
    private static Map<String, Object> group(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.computeIfAbsent(name, missing -> new HashMap<String, Object>());
    }
}
