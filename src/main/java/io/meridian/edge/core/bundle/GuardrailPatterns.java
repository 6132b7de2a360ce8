package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Bound;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Forbidden;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.model.Nearest;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks guardrails themselves: one that guards nothing would be taken for safety. */
final class GuardrailPatterns {
    private final BundleSource source;
    private final Findings findings;

    GuardrailPatterns(BundleSource source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    /** @param keys every key there is */
    void check(Set<String> keys) {
        source.guardrails().locks().forEach(lock -> matchesSomething(lock.key(), keys));
        source.guardrails().bounds().forEach(bound -> {
            if (limits(bound)) {
                matchesSomething(bound.key(), keys);
            }
        });
        Set<String> facts = facts();
        for (Forbidden forbidden : source.guardrails().forbidden()) {
            // Which scores there are depends on the region: one that is unknown here may be read elsewhere.
            if (!forbidden.attribute().value().startsWith(ContractCompiler.SCORE)) {
                findings.knows(forbidden.attribute(), facts, Kind.ATTRIBUTE);
            }
        }
    }

    /** Every fact a condition could read in some region. */
    private Set<String> facts() {
        Set<String> attributes = new LinkedHashSet<>();
        source.attributes()
                .profile()
                .forEach(attribute -> attributes.add(
                        ContractCompiler.PROFILE + attribute.name().value()));
        source.attributes()
                .context()
                .forEach(attribute -> attributes.add(
                        ContractCompiler.CONTEXT_ATTRIBUTE + attribute.name().value()));
        ContractCompiler.BUILT_IN.forEach(name -> attributes.add(ContractCompiler.CONTEXT + name));
        ContractCompiler.OF_THE_MOMENT.keySet().forEach(name -> attributes.add(ContractCompiler.CONTEXT + name));
        source.segments()
                .forEach(segment ->
                        attributes.add(ContractCompiler.SEGMENT + segment.id().value()));
        return attributes;
    }

    private boolean limits(Bound bound) {
        String key = bound.key().value();
        String field = Keys.field(key);
        if (!Keys.NUMBERS.contains(field)) {
            findings.add(
                    bound.key().where(),
                    "bad-guardrail",
                    "a bound needs a number, and '" + key + "' does not end in one",
                    "end it in one of "
                            + Keys.NUMBERS.stream().sorted().collect(Collectors.joining(", ", "", "; or lock it")));
            return false;
        }
        boolean looser = Keys.LOOSER_WHEN_HIGHER.contains(field) || field.equals(Keys.WINDOW);
        if (bound.noLooser() && !looser) {
            findings.add(
                    bound.key().where(),
                    "bad-guardrail",
                    "'noLooser' says nothing of '" + field + "'",
                    "it goes with limit, window and maxItems; give min and max");
        }
        boolean limit = bound.min() != null || bound.max() != null;
        if (limit && bound.durations() != field.equals(Keys.WINDOW)) {
            findings.add(
                    bound.key().where(),
                    "bad-guardrail",
                    "'" + field + "' is " + (bound.durations() ? "no duration" : "a duration"),
                    bound.durations() ? "write numbers" : "write durations such as 24h");
        }
        return true;
    }

    private void matchesSomething(Located<String> pattern, Set<String> keys) {
        KeyPattern compiled = new KeyPattern(pattern.value());
        if (keys.stream().anyMatch(compiled::matches) || !judgeable()) {
            return;
        }
        findings.add(
                pattern.where(),
                "unknown-key",
                "no key is called '" + pattern.value() + "'",
                advice(pattern.value(), keys));
    }

    /** A file that could not be read may hold what seems to be missing. */
    private boolean judgeable() {
        return findings.readable("offers.yaml")
                && findings.readable("placements.yaml")
                && findings.readable("caps.yaml")
                && findings.readable("market.yaml");
    }

    /** The nearest key, with the stars of the pattern in their places. */
    private static String advice(String pattern, Set<String> keys) {
        String[] parts = pattern.split("\\.");
        Set<String> shapes = new LinkedHashSet<>();
        for (String key : keys) {
            String[] own = key.split("\\.");
            if (own.length == parts.length) {
                for (int i = 0; i < parts.length; i++) {
                    own[i] = parts[i].contains("*") ? parts[i] : own[i];
                }
                shapes.add(String.join(".", own));
            }
        }
        String near = Nearest.of(pattern, shapes);
        return near != null
                ? "did you mean '" + near + "'?"
                : "keys are offers.<id>.<" + String.join("|", Keys.OF_OFFER) + ">, placements.<id>.<"
                        + String.join("|", Keys.OF_PLACEMENT) + ">, caps.<id>.<" + String.join("|", Keys.OF_CAP)
                        + ">, " + Keys.MARKETS + ".<id>." + Keys.COUNTRIES + ", " + Keys.EXCLUDED + ", "
                        + Keys.QUIET_HOURS;
    }
}
