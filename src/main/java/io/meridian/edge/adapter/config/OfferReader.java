package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.YamlNode.Entry;
import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.Money;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition.Factor;
import io.meridian.edge.core.bundle.definition.OfferDefinition.SegmentPrior;
import io.meridian.edge.core.bundle.definition.OfferDefinition.Variant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code global/offers.yaml} and {@code markets/<market>/offers.yaml}. */
final class OfferReader {
    /** A propensity nobody measured: about what an untargeted banner gets. */
    private static final double DEFAULT_PRIOR = 0.01;

    private static final int MAX_FACTORS = 16;
    private static final int MAX_WEIGHT = 1_000_000;

    private final Problems problems;

    OfferReader(Problems problems) {
        this.problems = problems;
    }

    /** The offers of a file. {@code global}: offers may say which markets they are for. */
    List<OfferDefinition> read(Fields file, boolean global) {
        file.require("offers", "a list of offers");
        List<OfferDefinition> offers = new ArrayList<>();
        for (Fields fields : file.children("offers")) {
            OfferDefinition offer = offer(fields, global);
            if (offer != null) {
                offers.add(offer);
            }
        }
        return offers;
    }

    private @Nullable OfferDefinition offer(Fields fields, boolean global) {
        Located<String> id = fields.requiredWord("id", Format.ID);
        fields.text("name", "");
        fields.text("description", "");
        Located<String> category = fields.requiredWord("category", Format.ID);
        List<Located<String>> tags = fields.words("tags", Format.ID);
        List<Located<String>> placements = fields.requiredWords("placements", Format.ID);
        if (global) {
            fields.nonEmpty("markets", "name the markets, or leave it out for all");
        }
        List<Located<String>> markets = global && fields.has("markets") ? fields.words("markets", Format.ID) : null;
        ConditionText when = fields.condition("when");
        fields.require("value", "what one acceptance is worth, above 0");
        Located<Money> value = Amounts.read(fields, "value", problems);
        Located<Double> lever = fields.number("lever", 0.1, 10);
        Located<Integer> priority = fields.whole("priority", 0, OfferDefinition.MAX_PRIORITY);
        Located<Boolean> disabled = fields.flag("disabled");
        List<SegmentPrior> segmentPriors = new ArrayList<>();
        Located<Double> prior = propensity(fields, segmentPriors);
        List<Factor> factors = factors(fields);
        Located<Instant> from = null;
        Located<Instant> until = null;
        Fields schedule = fields.child("schedule");
        if (schedule != null) {
            from = schedule.parsed("from", Words::time, Words.TIME_ADVICE);
            until = schedule.parsed("until", Words::time, Words.TIME_ADVICE);
            schedule.end();
        }
        List<Located<String>> caps = fields.words("caps", Format.ID);
        List<Variant> variants = variants(fields);
        fields.end();
        if (id == null) {
            return null;
        }
        return new OfferDefinition(
                id,
                category,
                tags,
                placements,
                markets,
                when,
                value,
                lever,
                priority,
                disabled,
                prior,
                segmentPriors,
                factors,
                from,
                until,
                caps,
                variants.isEmpty() ? List.of(new Variant(new Located<>("default", id.where()), 1, null)) : variants);
    }

    private static Located<Double> propensity(Fields offer, List<SegmentPrior> segmentPriors) {
        Fields fields = offer.child("propensity");
        if (fields == null) {
            return new Located<>(DEFAULT_PRIOR, offer.where());
        }
        Located<Double> base = fields.number("base", 0, 1);
        Fields segments = fields.child("segments");
        if (segments != null) {
            for (Entry entry : segments.entries()) {
                Located<Double> prior = segments.number(entry.key(), entry.value(), 0, 1);
                segmentPriors.add(new SegmentPrior(
                        new Located<>(entry.key(), entry.where()), prior == null ? DEFAULT_PRIOR : prior.value()));
            }
        }
        fields.end();
        return base == null ? new Located<>(DEFAULT_PRIOR, fields.where()) : base;
    }

    private List<Factor> factors(Fields offer) {
        List<Factor> factors = new ArrayList<>();
        for (Fields fields : offer.children("context")) {
            fields.require("when", "a condition over context.*");
            ConditionText when = fields.condition("when");
            fields.require("factor", "0.1 to 10");
            Located<Double> factor = fields.number("factor", 0.1, 10);
            fields.end();
            factors.add(new Factor(when, factor == null ? new Located<>(1.0, fields.where()) : factor));
        }
        if (factors.size() > MAX_FACTORS) {
            problems.add(
                    offer.where("context"),
                    "too-large",
                    "there are " + factors.size() + " entries in 'context'",
                    "at most " + MAX_FACTORS);
        }
        return factors;
    }

    private List<Variant> variants(Fields offer) {
        List<Variant> variants = new ArrayList<>();
        for (Fields fields : offer.children("variants")) {
            Located<String> id = fields.requiredWord("id", Format.ID);
            Located<Integer> weight = fields.whole("weight", 1, MAX_WEIGHT);
            boolean unreadableWeight = weight == null && fields.has("weight");
            ConditionText when = fields.condition("when");
            boolean unreadableWhen = when == null && fields.has("when");
            if (when != null && weight != null) {
                problems.add(
                        weight.where(),
                        "unexpected-key",
                        "a variant chosen by rule has no weight",
                        "leave out 'weight', or 'when' if it is to be drawn");
            }
            fields.end();
            if (id != null) {
                // One that could not be read must not make others look wrong: it counts as weighed.
                Integer said = weight != null ? weight.value() : unreadableWeight || unreadableWhen ? 1 : null;
                variants.add(new Variant(id, said, when));
            }
        }
        offer.nonEmpty("variants", "leave it out for a single variant");
        return variants;
    }
}
