package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.checks.CheckedBundle.CheckedMarket;
import io.meridian.edge.core.bundle.checks.CheckedBundle.CheckedOffer;
import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Satisfiability;
import io.meridian.edge.core.eligibility.Satisfiability.Answer;
import java.util.ArrayList;
import java.util.List;

/** What markets and regions add to the conditions of offers: whether it can be true, and whether it adds anything. */
final class RuleChecks {
    static final String NO_EFFECT = "no-effect";

    private final CheckedBundle bundle;
    private final Reader reader;
    private final Warnings warnings;
    private final IdleParts idleParts;

    RuleChecks(CheckedBundle bundle, Reader reader, Warnings warnings) {
        this.bundle = bundle;
        this.reader = reader;
        this.warnings = warnings;
        this.idleParts = new IdleParts(reader, warnings);
    }

    void run() {
        for (CheckedMarket market : bundle.markets()) {
            Satisfiability here = new Satisfiability(market.knowledge());
            for (CheckedOffer offer : market.offers()) {
                if (offer.running()) {
                    changed(market, offer, here);
                }
            }
        }
    }

    /** What a market adds to an offer's own condition: whether both can be true, and whether it narrows anything. */
    private void changed(CheckedMarket market, CheckedOffer offer, Satisfiability here) {
        List<Condition> before = new ArrayList<>();
        for (ConditionText text : offer.conditions()) {
            Condition condition = reader.condition(text);
            if (condition == null) {
                return;
            }
            if (text != offer.offer().when()) {
                added(market, offer, text, condition, before, here);
            }
            before.add(condition);
        }
    }

    private void added(
            CheckedMarket market,
            CheckedOffer offer,
            ConditionText text,
            Condition condition,
            List<Condition> before,
            Satisfiability here) {
        String owner = "the rule for '" + offer.offer().id().value() + "' in market '" + market.id() + "'";
        String rule = "the condition of " + owner;
        Answer alone = reader.answer(condition, here);
        if (alone == Answer.NEVER) {
            List<Condition> one = List.of(condition);
            never(text, rule + " is " + Reader.never(one, here) + ": ", here.conflict(one));
        } else if (alone == Answer.ALWAYS) {
            warnings.warn(
                    text.where(),
                    ConditionChecks.ALWAYS_TRUE,
                    rule + " is " + reader.always(condition, here),
                    "leave it out");
        } else {
            idleParts.check(text, condition, owner, here);
            besideOthers(text, condition, rule, before, here);
        }
    }

    /** Together with what the offer, and the layers below, ask for already. */
    private void besideOthers(
            ConditionText text, Condition condition, String rule, List<Condition> before, Satisfiability here) {
        List<Condition> all = new ArrayList<>(before);
        all.add(condition);
        if (before.isEmpty() || reader.areIndependent(all) || !here.together(before)) {
            return;
        }
        if (!here.together(all)) {
            String never = Reader.never(all, here);
            never(text, rule + " is " + never + " together with the offer's own: ", here.conflict(all));
        } else if (here.implies(before, condition)) {
            warnings.warn(
                    text.where(),
                    NO_EFFECT,
                    rule + " narrows nothing: the offer's own already asks for it",
                    "leave it out, or ask for more");
        }
    }

    private void never(ConditionText text, String what, List<String> conflict) {
        warnings.warn(
                text.where(),
                ConditionChecks.NEVER_TRUE,
                what + Reader.why(conflict),
                reader.advice(conflict, "take the offer out with disabled: true"));
    }
}
