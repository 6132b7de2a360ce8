package io.meridian.edge.adapter.http.ofrep;

import io.meridian.edge.adapter.http.wire.JsonBytes;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Decision.Item;
import io.meridian.edge.core.model.Decision.PlacementDecision;
import org.jspecify.annotations.Nullable;

/** Decisions in OFREP's words. */
final class Evaluations {
    private Evaluations() {}

    /**
     * Writes one evaluation.
     *
     * @param decisionId null to leave it out, where equal answers must look equal
     */
    static void write(JsonBytes json, Decision decision, PlacementDecision placement, @Nullable String decisionId) {
        Item item = placement.items().get(0);
        json.beginObject();
        json.name("key").value(placement.placement());
        json.name("value").raw(item.content());
        json.name("reason").value(reason(placement));
        if (item.offer() != null) {
            json.name("variant").value(item.offer() + "/" + item.variant());
        }
        json.name("metadata").beginObject();
        json.name("reason").value(placement.reason().name());
        json.name("revision").value(Long.toString(decision.revision()));
        json.name("personalised").value(decision.privacy().personalised());
        if (decisionId != null) {
            json.name("decisionId").value(decisionId);
        }
        json.endObject().endObject();
    }

    /** OpenFeature's resolution reason: what was ranked is targeted, what was drawn is split, what is a default is static. */
    static String reason(PlacementDecision placement) {
        return switch (placement.reason()) {
            case RANKED, SEGMENT, CONTEXTUAL -> placement.drawn() ? "SPLIT" : "TARGETING_MATCH";
            case PLACEMENT_DEFAULT, STATIC -> "STATIC";
        };
    }
}
