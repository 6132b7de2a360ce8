package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.GuardrailsDefinition;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Bound;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Forbidden;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Lock;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Reserved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What markets and regions may not do, ready to be asked. */
final class Guardrails {
    private final GuardrailsDefinition definition;
    private final Map<Lock, KeyPattern> locks = new LinkedHashMap<>();
    private final Map<Bound, KeyPattern> bounds = new LinkedHashMap<>();

    Guardrails(GuardrailsDefinition definition) {
        this.definition = definition;
        definition
                .locks()
                .forEach(lock -> locks.put(lock, new KeyPattern(lock.key().value())));
        definition
                .bounds()
                .forEach(bound -> bounds.put(bound, new KeyPattern(bound.key().value())));
    }

    /** The first lock on a key, null if it is free. */
    @Nullable
    Lock lock(String key) {
        for (Map.Entry<Lock, KeyPattern> one : locks.entrySet()) {
            if (one.getValue().matches(key)) {
                return one.getKey();
            }
        }
        return null;
    }

    /** Every bound on a key. */
    List<Bound> bounds(String key) {
        List<Bound> applying = new ArrayList<>();
        bounds.forEach((bound, pattern) -> {
            if (pattern.matches(key)) {
                applying.add(bound);
            }
        });
        return applying;
    }

    /** What reserves a priority, null if it is free. */
    @Nullable
    Reserved reserved(int priority) {
        for (Reserved reserved : definition.reserved()) {
            if (priority >= reserved.from() && priority <= reserved.to()) {
                return reserved;
            }
        }
        return null;
    }

    List<Forbidden> forbidden() {
        return definition.forbidden();
    }
}
