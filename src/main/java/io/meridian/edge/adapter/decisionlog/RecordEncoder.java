package io.meridian.edge.adapter.decisionlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.meridian.edge.core.log.DecisionRecord;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Degradation;
import io.meridian.edge.core.model.Purpose;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** From a record to its line. This is the allow-list: what is not named here is not kept. */
final class RecordEncoder {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Purpose[] PURPOSES = Purpose.values();
    private static final Degradation[] DEGRADATIONS = Degradation.values();

    private RecordEncoder() {}

    /** Writes one JSON object and a line feed. */
    static void write(DecisionRecord record, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            Decision decision = record.decision();
            json.writeStartObject();
            json.writeStringField("decisionId", decision.decisionId());
            json.writeStringField("at", Instant.ofEpochMilli(record.at()).toString());
            json.writeStringField("region", decision.region());
            json.writeObjectFieldStart("bundle");
            json.writeNumberField("revision", decision.revision());
            json.writeStringField("digest", decision.digest());
            json.writeEndObject();
            json.writeStringField("market", decision.market());
            privacy(decision.privacy(), json);
            json.writeStringField("channel", record.channel());
            json.writeBooleanField("subject", record.subject());
            placements(decision, json);
            degraded(decision.degraded(), json);
            json.writeNumberField("micros", record.micros());
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void privacy(Decision.Privacy privacy, JsonGenerator json) throws IOException {
        json.writeStringField("jurisdiction", privacy.jurisdiction());
        json.writeBooleanField("personalised", privacy.personalised());
        json.writeArrayFieldStart("granted");
        for (Purpose purpose : PURPOSES) {
            if (purpose.in(privacy.granted())) {
                json.writeString(purpose.name());
            }
        }
        json.writeEndArray();
    }

    private static void placements(Decision decision, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("placements");
        for (Decision.PlacementDecision placement : decision.placements()) {
            json.writeStartObject();
            json.writeStringField("placement", placement.placement());
            json.writeStringField("reason", placement.reason().name());
            json.writeBooleanField("drawn", placement.drawn());
            json.writeArrayFieldStart("items");
            for (Decision.Item item : placement.items()) {
                json.writeStartObject();
                json.writeStringField("offer", item.offer());
                json.writeStringField("variant", item.variant());
                json.writeNumberField("propensity", item.propensity());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void degraded(int mask, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("degraded");
        for (Degradation degradation : DEGRADATIONS) {
            if (degradation.in(mask)) {
                json.writeString(degradation.name());
            }
        }
        json.writeEndArray();
    }
}
