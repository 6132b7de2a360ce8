package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Bound;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Lock;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition.Reserved;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.Where;
import org.jspecify.annotations.Nullable;

/** Holds one value against the guardrails. */
final class GuardrailJudge {
    private final Guardrails guardrails;
    private final GlobalValues global;
    private final Findings findings;

    GuardrailJudge(Guardrails guardrails, GlobalValues global, Findings findings) {
        this.guardrails = guardrails;
        this.global = global;
        this.findings = findings;
    }

    /** Reports a lock on whether or when an offer runs. */
    void takenOut(OfferDefinition offer, Where where, String act) {
        String id = offer.id().value();
        String enabled = Keys.offer(id, Keys.ENABLED);
        String key = guardrails.lock(enabled) == null ? Keys.offer(id, Keys.WHEN) : enabled;
        Lock lock = guardrails.lock(key);
        if (lock != null) {
            findings.add(
                    where,
                    "locked-key",
                    act + " takes out an offer, and '" + key + "' is locked in "
                            + lock.key().where(),
                    "leave it out, or " + Rails.ask(lock.owner()));
        }
    }

    void priority(String offer, @Nullable Located<Integer> priority) {
        number(Keys.offer(offer, Keys.PRIORITY), priority);
        Reserved reserved = priority == null ? null : guardrails.reserved(priority.value());
        if (priority != null && reserved != null) {
            findings.add(
                    priority.where(),
                    "reserved-priority",
                    "priority " + priority.value() + " is reserved: " + reserved.where() + " keeps " + reserved.from()
                            + " to " + reserved.to(),
                    "take another one, or " + Rails.ask(reserved.owner()));
        }
    }

    void number(String key, @Nullable Located<? extends Number> written) {
        if (written == null) {
            return;
        }
        if (lock(key, written.where())) {
            return;
        }
        double value = written.value().doubleValue();
        for (Bound bound : guardrails.bounds(key)) {
            if (oversteps(key, value, bound)) {
                findings.add(
                        written.where(),
                        "out-of-bounds",
                        "'" + key + "' is " + Rails.value(Keys.field(key), value) + ", out of the bounds in "
                                + bound.key().where() + ": " + Rails.text(bound),
                        "stay within, or " + Rails.ask(bound.owner()));
            }
        }
    }

    private boolean oversteps(String key, double value, Bound bound) {
        if ((bound.min() != null && value < bound.min()) || (bound.max() != null && value > bound.max())) {
            return true;
        }
        Double own = bound.noLooser() ? global.number(key) : null;
        return own != null && (Keys.LOOSER_WHEN_HIGHER.contains(Keys.field(key)) ? value > own : value < own);
    }

    /** True, and a problem, if the key is locked. Only what the global layer says can be: a market's own offer is the market's. */
    boolean lock(String key, Where where) {
        Lock lock = global.byKey().containsKey(key) ? guardrails.lock(key) : null;
        if (lock != null) {
            findings.add(
                    where,
                    "locked-key",
                    "'" + key + "' is locked in " + lock.key().where(),
                    "leave it out, or " + Rails.ask(lock.owner()));
        }
        return lock != null;
    }
}
