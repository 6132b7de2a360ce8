package io.meridian.edge.cli.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes visits as {@link VisitReader} reads them. */
public final class VisitWriter {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private VisitWriter() {}

    /** The visit as JSON; fields that say nothing are left out. */
    public static ObjectNode json(Visit visit) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("at", VisitReader.written(visit.at()));
        if (visit.region() != null) {
            root.put("region", visit.region());
        }
        request(visit.request(), root.putObject("request"));
        if (!visit.profile().isEmpty()) {
            ObjectNode profile = root.putObject("profile");
            new TreeMap<>(visit.profile()).forEach((name, value) -> put(profile, name, value));
        }
        StoredConsent stored = visit.stored();
        if (stored != null) {
            ObjectNode consent = root.putObject("storedConsent");
            purposes(consent, "given", stored.given());
            purposes(consent, "explicit", stored.explicit());
            purposes(consent, "refused", stored.refused());
            consent.put("updatedAt", VisitReader.written(stored.updatedAt()));
            if (stored.erased()) {
                consent.put("erased", true);
            }
        }
        if (!visit.impressions().isEmpty()) {
            ArrayNode impressions = root.putArray("impressions");
            visit.impressions()
                    .forEach(seen -> impressions
                            .addObject()
                            .put("offer", seen.offer())
                            .put("placement", seen.placement())
                            .put("at", VisitReader.written(seen.epochSecond() * 1000L)));
        }
        return root;
    }

    private static void request(DecisionRequest request, ObjectNode into) {
        text(into, "requestId", request.requestId());
        if (!request.subjects().isEmpty() || request.homeRegion() != null) {
            ObjectNode subject = into.putObject("subject");
            ArrayNode ids = subject.putArray("ids");
            request.subjects()
                    .forEach(id -> ids.addObject().put("ns", id.namespace()).put("id", id.id()));
            text(subject, "homeRegion", request.homeRegion());
        }
        ArrayNode placements = into.putArray("placements");
        request.placements()
                .forEach(asked -> placements.addObject().put("id", asked.id()).put("count", asked.count()));
        context(request.context(), into.putObject("context"));
        if (!request.consent().isEmpty()) {
            consent(request.consent(), into.putObject("consent"));
        }
    }

    private static void context(DecisionRequest.Context context, ObjectNode into) {
        text(into, "market", context.market());
        text(into, "country", context.country());
        text(into, "subdivision", context.subdivision());
        text(into, "locale", context.locale());
        text(into, "channel", context.channel());
        text(into, "device", context.device());
        if (!context.attributes().isEmpty()) {
            ObjectNode attributes = into.putObject("attributes");
            new TreeMap<>(context.attributes()).forEach((name, value) -> put(attributes, name, value));
        }
    }

    private static void consent(ConsentInput consent, ObjectNode into) {
        if (consent.gdpr() != null) {
            into.put("gdpr", consent.gdpr());
        }
        text(into, "tcf", consent.tcf());
        text(into, "gpp", consent.gpp());
        if (consent.gppSections().length > 0) {
            ArrayNode sections = into.putArray("gppSid");
            for (int section : consent.gppSections()) {
                sections.add(section);
            }
        }
        if (consent.gpc()) {
            into.put("gpc", true);
        }
        text(into, "usPrivacy", consent.usPrivacy());
    }

    private static void put(ObjectNode into, String name, Object value) {
        into.set(name, MAPPER.valueToTree(value));
    }

    private static void purposes(ObjectNode into, String name, int mask) {
        if (mask != 0) {
            ArrayNode array = into.putArray(name);
            for (Purpose purpose : Purpose.values()) {
                if (purpose.in(mask)) {
                    array.add(purpose.name());
                }
            }
        }
    }

    private static void text(ObjectNode into, String name, @Nullable String value) {
        if (value != null) {
            into.put(name, value);
        }
    }

    /** One line of JSON. */
    public static String line(Visit visit) {
        return json(visit).toString();
    }
}
