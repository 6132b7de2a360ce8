package io.meridian.edge.k8s;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the API reference (Kubernetes 1.34, prometheus-operator v1) requires beyond types: fields that must be given, and texts of which only
 * some are allowed. A type that is used and not listed here is a problem, so that none goes unchecked.
 */
final class ApiRules {
    private static final Map<String, Set<String>> REQUIRED = Required.FIELDS;
    private static final Map<String, Set<String>> ALLOWED = Allowed.VALUES;

    private ApiRules() {}

    /** Adds to the problems what is wrong with a model and all below it. */
    static void check(Object model, String path, List<String> problems) {
        String type = model.getClass().getSimpleName();
        Set<String> required = REQUIRED.get(type);
        if (required == null) {
            problems.add(
                    path + ": what " + type + " requires is not written down in " + Required.class.getSimpleName());
            return;
        }
        for (Field field : fields(model.getClass())) {
            Object value = value(field, model);
            String name = field.getName().startsWith("_") ? field.getName().substring(1) : field.getName();
            boolean absent = value == null || value instanceof Collection<?> list && list.isEmpty();
            if (absent && required.contains(name)) {
                problems.add(path + "." + name + " is missing");
            }
            if (!absent) {
                checkValue(value, type + "." + name, path + "." + name, problems);
            }
        }
    }

    private static void checkValue(Object value, String rule, String path, List<String> problems) {
        if (value instanceof String text) {
            Set<String> allowed = ALLOWED.get(rule);
            if (allowed != null && !allowed.contains(text)) {
                problems.add(path + ": '" + text + "' is none of "
                        + allowed.stream().sorted().toList());
            }
        } else if (value instanceof Quantity quantity) {
            checkQuantity(quantity, path, problems);
        } else if (value instanceof Collection<?> list) {
            int index = 0;
            for (Object element : list) {
                checkValue(element, rule, path + "[" + index++ + "]", problems);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> checkValue(element, rule, path + "." + key, problems));
        } else if (value.getClass().getName().startsWith("io.fabric8.") && !(value instanceof IntOrString)) {
            check(value, path, problems);
        }
    }

    private static void checkQuantity(Quantity quantity, String path, List<String> problems) {
        try {
            if (quantity.getNumericalAmount().signum() < 0) {
                problems.add(path + ": " + quantity + " is less than nothing");
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.add(path + ": '" + quantity + "' is no quantity: " + e.getMessage());
        }
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> at = type; at != null && at.getName().startsWith("io.fabric8."); at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !"additionalProperties".equals(field.getName())) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static Object value(Field field, Object model) {
        try {
            field.setAccessible(true);
            return field.get(model);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.toString(), e);
        }
    }
}
