package io.meridian.edge.cli.lab.cases;

import io.meridian.edge.adapter.config.CaseDefinition;
import io.meridian.edge.adapter.config.CaseDefinition.Draw;
import io.meridian.edge.adapter.config.CaseDefinition.Given;
import io.meridian.edge.adapter.config.CaseDefinition.Seen;
import io.meridian.edge.adapter.demo.DemoConsentString;
import io.meridian.edge.adapter.redis.MemoryProfileStore.Impression;
import io.meridian.edge.cli.lab.Population;
import io.meridian.edge.cli.lab.Visit;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.PlacementRequest;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.AttributeContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the visits of a case. The one visitor of a case is exactly what is given. Of many, the attributes that are not given are drawn
 * from the attribute contract, and each has an id of their own.
 */
final class CaseVisits {
    private final CaseDefinition one;
    private final @Nullable String market;
    private final AttributeContract contract;
    private final Population population;
    private final ConsentInput consent;
    private final Instant at;

    /** @param market the market whose tests these are; null for those of all */
    CaseVisits(CaseDefinition one, @Nullable String market, AttributeContract contract, Population population) {
        this.one = one;
        this.market = market;
        this.contract = contract;
        this.population = population;
        this.at = Objects.requireNonNull(one.given().at(), "a case without a time is not run")
                .value();
        this.consent = consent(one.given().consent(), at);
    }

    /** The visit of one of the case's visitors, from 0. */
    Visit visit(int visitor) {
        Given given = one.given();
        SplittableRandom random = new SplittableRandom(one.seed() * 1_000_003 + visitor);
        boolean many = one.visitors() > 1;
        Map<String, Object> profile = many ? population.profile(random) : new LinkedHashMap<>();
        overlay(given.profile(), profile, random);
        Map<String, Object> context = new LinkedHashMap<>();
        overlay(given.context(), context, random);
        String requestId =
                given.requestId() != null || !many ? given.requestId() : "request-" + one.seed() + "-" + visitor;
        DecisionRequest request = new DecisionRequest(
                requestId,
                subjects(visitor, many),
                null,
                one.placements().stream()
                        .map(expected ->
                                new PlacementRequest(expected.placement().value(), expected.count()))
                        .toList(),
                context(context),
                consent,
                DecisionRequest.Options.DEFAULT);
        return new Visit(
                request,
                profile,
                given.stored(),
                impressions(),
                at.toEpochMilli(),
                given.region() == null ? null : given.region().value());
    }

    private static void overlay(
            Map<String, Located<Object>> given, Map<String, Object> values, SplittableRandom random) {
        given.forEach((name, located) -> {
            Object value = located.value() instanceof Draw draw ? draw(draw, random) : located.value();
            if (value == null) {
                values.remove(name);
            } else {
                values.put(name, value);
            }
        });
    }

    private static @Nullable Object draw(Draw draw, SplittableRandom random) {
        if (random.nextDouble() < draw.absent()) {
            return null;
        }
        if (draw.values().isEmpty()) {
            double number = draw.from() + random.nextDouble() * (draw.to() - draw.from());
            boolean whole = draw.from() == Math.rint(draw.from()) && draw.to() == Math.rint(draw.to());
            return whole ? (Object) Math.round(number) : (Object) number;
        }
        double total =
                draw.values().values().stream().mapToDouble(Double::doubleValue).sum();
        double left = random.nextDouble() * total;
        Object last = null;
        for (Map.Entry<Object, Double> entry : draw.values().entrySet()) {
            left -= entry.getValue();
            last = entry.getKey();
            if (left < 0) {
                break;
            }
        }
        return last;
    }

    /** Named are visitors of whom something is known, unless the case says otherwise. */
    private List<SubjectId> subjects(int visitor, boolean many) {
        Given given = one.given();
        if (given.anonymous()) {
            return List.of();
        }
        if (!given.ids().isEmpty()) {
            return given.ids().stream()
                    .map(id -> new SubjectId(
                            id.value().get(0),
                            many
                                    ? id.value().get(1) + "-" + visitor
                                    : id.value().get(1)))
                    .toList();
        }
        boolean known = many
                || !given.profile().isEmpty()
                || given.stored() != null
                || !given.seen().isEmpty();
        String namespace = contract.namespaces().get(0).name();
        String id = many ? "visitor-" + one.seed() + "-" + visitor : "visitor";
        return known ? List.of(new SubjectId(namespace, id)) : List.of();
    }

    private DecisionRequest.Context context(Map<String, Object> values) {
        Map<String, Object> attributes = new HashMap<>(values);
        String named = text(attributes.remove("market"));
        Located<String> given = one.given().market();
        return new DecisionRequest.Context(
                named != null ? named : given != null ? given.value() : market,
                text(attributes.remove("country")),
                text(attributes.remove("subdivision")),
                text(attributes.remove("locale")),
                text(attributes.remove("channel")),
                text(attributes.remove("device")),
                attributes);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private List<Impression> impressions() {
        List<Impression> impressions = new ArrayList<>();
        for (Seen seen : one.given().seen()) {
            long last = at.getEpochSecond() - seen.agoSeconds();
            for (int i = 0; i < seen.times(); i++) {
                impressions.add(
                        new Impression(seen.offer().value(), seen.placement().value(), (int) last - i));
            }
        }
        impressions.sort(Comparator.comparingInt(Impression::epochSecond));
        return impressions;
    }

    private static ConsentInput consent(CaseDefinition.Consent consent, Instant at) {
        Integer mask = consent.purposes();
        TreeSet<Integer> purposes = new TreeSet<>();
        for (Purpose purpose : Purpose.values()) {
            if (mask != null && purpose.in(mask)) {
                purposes.add(purpose.tcfId());
            }
        }
        return new ConsentInput(
                consent.gdpr(),
                mask == null ? consent.tcf() : DemoConsentString.of(purposes, at),
                consent.gpp(),
                consent.gppSections().stream().mapToInt(Integer::intValue).toArray(),
                consent.gpc(),
                consent.usPrivacy());
    }
}
