package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.CapDefinition;
import io.meridian.edge.core.bundle.definition.ChangesDefinition;
import io.meridian.edge.core.bundle.definition.ChangesDefinition.Exclusion;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.RuleDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one layer changes, by what it changes. Of several changes of one thing the first counts. */
final class Overrides {
    private final Map<String, RuleDefinition> rules = new HashMap<>();
    private final Map<String, Located<String>> fallbacks = new HashMap<>();
    private final Map<String, Located<Integer>> sizes = new HashMap<>();
    private final Map<String, CapDefinition> caps = new HashMap<>();
    private final List<Exclusion> exclusions;

    Overrides(ChangesDefinition changes) {
        changes.rules().forEach(rule -> rules.putIfAbsent(rule.offer().value(), rule));
        changes.fallbacks()
                .forEach(fallback -> fallbacks.putIfAbsent(fallback.placement().value(), fallback.offer()));
        changes.sizes().forEach(size -> sizes.putIfAbsent(size.placement().value(), size.maxItems()));
        changes.caps().forEach(cap -> caps.putIfAbsent(cap.id().value(), cap));
        this.exclusions = changes.excludedCategories();
    }

    @Nullable
    RuleDefinition rule(String offer) {
        return rules.get(offer);
    }

    @Nullable
    Located<String> fallback(String placement) {
        return fallbacks.get(placement);
    }

    @Nullable
    Located<Integer> maxItems(String placement) {
        return sizes.get(placement);
    }

    @Nullable
    CapDefinition cap(String id) {
        return caps.get(id);
    }

    List<Exclusion> exclusions() {
        return exclusions;
    }
}
