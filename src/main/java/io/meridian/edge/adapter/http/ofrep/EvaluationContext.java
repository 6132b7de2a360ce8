package io.meridian.edge.adapter.http.ofrep;

import io.meridian.edge.adapter.http.wire.DecisionRequestReader;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.adapter.http.wire.RequestFields;
import io.meridian.edge.adapter.http.wire.StrictJson;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.PlacementRequest;
import io.meridian.edge.core.model.SubjectId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation context. Reserved names: {@code targetingKey} (required, an id in the first namespace of the contract), {@code market
 * country subdivision locale channel device homeRegion} and the signals {@code gdpr tcf gpp gppSid gpc usPrivacy}. Attributes the contract
 * declares are taken by their names; everything else is passed over, as applications share one context among many services.
 */
final class EvaluationContext {
    private static final int MAX_LIST = 64;
    private static final int[] NO_SECTIONS = new int[0];

    private final Set<String> declared;
    private final Map<String, Object> attributes = new HashMap<>();
    private @Nullable String targetingKey;
    private @Nullable String market;
    private @Nullable String country;
    private @Nullable String subdivision;
    private @Nullable String locale;
    private @Nullable String channel;
    private @Nullable String device;
    private @Nullable String homeRegion;
    private @Nullable Boolean gdpr;
    private @Nullable String tcf;
    private @Nullable String gpp;
    private int[] gppSections = NO_SECTIONS;
    private boolean gpc;
    private @Nullable String usPrivacy;

    private EvaluationContext(Set<String> declared) {
        this.declared = declared;
    }

    /** Reads the body of an evaluation. Throws {@link ProblemException} if there is no usable context in it. */
    static EvaluationContext read(byte[] body, Bundle bundle) {
        if (body.length > DecisionRequestReader.MAX_BYTES) {
            throw new ProblemException(Problem.of(
                    ProblemType.BODY_TOO_LARGE,
                    "at most " + DecisionRequestReader.MAX_BYTES + " bytes are taken here"));
        }
        EvaluationContext context =
                new EvaluationContext(bundle.context().attributes().keySet());
        try (StrictJson json = StrictJson.open(body)) {
            json.beginObject();
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                if (field.equals("context")) {
                    context.readContext(json);
                } else {
                    json.skip();
                }
            }
            json.end();
        }
        return context;
    }

    /** True if the context names whom to decide for. */
    boolean hasTargetingKey() {
        return targetingKey != null;
    }

    @Nullable
    String market() {
        return market;
    }

    @Nullable
    String country() {
        return country;
    }

    @Nullable
    String channel() {
        return channel;
    }

    /** The request for some placements. */
    DecisionRequest request(Bundle bundle, List<PlacementRequest> placements, DecisionRequest.Options options) {
        String namespace = bundle.contract().namespaces().get(0).name();
        List<SubjectId> subjects = targetingKey == null ? List.of() : List.of(new SubjectId(namespace, targetingKey));
        return new DecisionRequest(
                null,
                subjects,
                homeRegion,
                placements,
                new DecisionRequest.Context(market, country, subdivision, locale, channel, device, attributes),
                new ConsentInput(gdpr, tcf, gpp, gppSections, gpc, usPrivacy),
                options);
    }

    private void readContext(StrictJson json) {
        json.beginObject();
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            // Providers send null for what an application has not set; an empty key names nobody.
            if (!json.isNull() && !(field.equals("targetingKey") && json.isEmptyText())) {
                readField(json, field);
            }
        }
    }

    private void readField(StrictJson json, String field) {
        switch (field) {
            case "targetingKey" -> targetingKey = json.text(SubjectId.MAX_LENGTH);
            case "market" -> market = json.text(RequestFields.MAX_ID);
            case "country" -> country = RequestFields.country(json);
            case "subdivision" -> subdivision = RequestFields.subdivision(json);
            case "locale" -> locale = json.text(RequestFields.MAX_LOCALE);
            case "channel" -> channel = json.text(RequestFields.MAX_ID);
            case "device" -> device = json.text(RequestFields.MAX_ID);
            case "homeRegion" -> homeRegion = json.text(RequestFields.MAX_ID);
            case "gdpr" -> gdpr = json.bool();
            case "tcf" -> tcf = json.text(RequestFields.MAX_CONSENT_TEXT);
            case "gpp" -> gpp = json.text(RequestFields.MAX_CONSENT_TEXT);
            case "gppSid" -> gppSections = RequestFields.gppSections(json);
            case "gpc" -> gpc = json.bool();
            case "usPrivacy" -> usPrivacy = json.text(RequestFields.MAX_TEXT);
            default -> {
                if (declared.contains(field)) {
                    attributes.put(field, json.attribute(RequestFields.MAX_TEXT, MAX_LIST));
                } else {
                    json.skip();
                }
            }
        }
    }
}
