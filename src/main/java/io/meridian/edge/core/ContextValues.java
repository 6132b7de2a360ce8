package io.meridian.edge.core;

import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.ValueType;
import java.util.List;

/** Values a caller sent, held against declared types. A whole number is also a double. */
final class ContextValues {
    private ContextValues() {}

    static boolean fits(ValueType type, Object value) {
        return switch (type) {
            case BOOL -> value instanceof Boolean;
            case INT -> value instanceof Long;
            case DOUBLE -> value instanceof Double || value instanceof Long;
            case STRING -> value instanceof String;
            case STRINGS -> value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
        };
    }

    /** The value must {@linkplain #fits fit}. */
    static void set(Facts facts, int slot, ValueType type, Object value) {
        switch (type) {
            case BOOL -> facts.setBool(slot, (Boolean) value);
            case INT -> facts.setLong(slot, (Long) value);
            case DOUBLE -> facts.setDouble(slot, ((Number) value).doubleValue());
            case STRING -> facts.setString(slot, (String) value);
            case STRINGS -> facts.setStrings(slot, ((List<?>) value).toArray(String[]::new));
        }
    }
}
