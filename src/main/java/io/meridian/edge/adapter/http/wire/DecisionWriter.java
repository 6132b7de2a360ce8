package io.meridian.edge.adapter.http.wire;

import io.meridian.edge.core.model.CandidateTrace;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Decision.Denial;
import io.meridian.edge.core.model.Decision.Item;
import io.meridian.edge.core.model.Decision.PlacementDecision;
import io.meridian.edge.core.model.Decision.Privacy;
import io.meridian.edge.core.model.Degradation;
import io.meridian.edge.core.model.Purpose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a decision as the contract has it. Content goes out as the bytes it was compiled to. */
public final class DecisionWriter {
    private static final int ROOM = 4096;
    private static final ThreadLocal<StringBuilder> TIMING = ThreadLocal.withInitial(() -> new StringBuilder(160));
    private static final ThreadLocal<JsonBytes> BUFFER = ThreadLocal.withInitial(() -> new JsonBytes(ROOM));
    private static final Degradation[] DEGRADATIONS = Degradation.values();
    private static final Purpose[] PURPOSES = Purpose.values();

    private static final Decision.Stage[] STAGES = Decision.Stage.values();
    private static final String[] STAGE_NAMES = {"grant", "read", "subject", "eligible", "score", "arbitrate"};

    private DecisionWriter() {}

    /**
     * The answer to one caller, with decision id.
     *
     * @param tokens null if the items get no token
     * @param now epoch seconds
     */
    public static byte[] personal(Decision decision, @Nullable DecisionTokens tokens, long now) {
        JsonBytes json = BUFFER.get();
        json.clear();
        json.beginObject();
        json.name("decisionId").value(decision.decisionId());
        if (decision.requestId() != null) {
            json.name("requestId").value(decision.requestId());
        }
        writeBody(json, decision, tokens, now);
        return json.endObject().toBytes();
    }

    /** The answer many callers may share: nothing in it is of one request. */
    public static byte[] shared(Decision decision) {
        JsonBytes json = BUFFER.get();
        json.clear();
        json.beginObject();
        writeBody(json, decision, null, 0);
        return json.endObject().toBytes();
    }

    /** The stages' times for {@code Server-Timing}, in milliseconds; stages that took no time are left out. */
    public static String serverTiming(long[] stages) {
        StringBuilder timing = TIMING.get();
        timing.setLength(0);
        for (Decision.Stage stage : STAGES) {
            long micros = stage.ordinal() < stages.length ? stages[stage.ordinal()] / 1000 : 0;
            if (micros > 0) {
                if (timing.length() > 0) {
                    timing.append(", ");
                }
                timing.append(STAGE_NAMES[stage.ordinal()])
                        .append(";dur=")
                        .append(micros / 1000)
                        .append('.');
                int rest = (int) (micros % 1000);
                timing.append((char) ('0' + rest / 100))
                        .append((char) ('0' + rest / 10 % 10))
                        .append((char) ('0' + rest % 10));
            }
        }
        return timing.toString();
    }

    private static void writeBody(JsonBytes json, Decision decision, @Nullable DecisionTokens tokens, long now) {
        json.name("region").value(decision.region());
        json.name("bundle").beginObject();
        json.name("revision").value(Long.toString(decision.revision()));
        json.name("digest").value(decision.digest());
        json.endObject();
        writePrivacy(json, decision.privacy());
        json.name("decisions").beginArray();
        List<PlacementDecision> placements = decision.placements();
        for (int i = 0; i < placements.size(); i++) {
            writePlacement(json, decision, placements.get(i), tokens, now);
        }
        json.endArray();
        json.name("degraded").beginArray();
        for (Degradation degradation : DEGRADATIONS) {
            if (degradation.in(decision.degraded())) {
                json.value(degradation.name());
            }
        }
        json.endArray();
    }

    private static void writePrivacy(JsonBytes json, Privacy privacy) {
        json.name("privacy").beginObject();
        json.name("jurisdiction").value(privacy.jurisdiction());
        json.name("personalised").value(privacy.personalised());
        json.name("granted").beginArray();
        for (Purpose purpose : PURPOSES) {
            if (purpose.in(privacy.granted())) {
                json.value(purpose.name());
            }
        }
        json.endArray();
        json.name("denied").beginArray();
        List<Denial> denied = privacy.denied();
        for (int i = 0; i < denied.size(); i++) {
            json.beginObject();
            json.name("purpose").value(denied.get(i).purpose().name());
            json.name("because").value(denied.get(i).because());
            json.endObject();
        }
        json.endArray().endObject();
    }

    private static void writePlacement(
            JsonBytes json, Decision decision, PlacementDecision placement, @Nullable DecisionTokens tokens, long now) {
        json.beginObject();
        json.name("placement").value(placement.placement());
        json.name("reason").value(placement.reason().name());
        json.name("fallback").value(placement.reason().fallback());
        json.name("items").beginArray();
        List<Item> items = placement.items();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            json.beginObject();
            String offer = item.offer();
            String variant = item.variant();
            if (offer != null) {
                json.name("offer").value(offer);
            }
            if (variant != null) {
                json.name("variant").value(variant);
            }
            json.name("content").raw(item.content());
            if (tokens != null && offer != null && variant != null) {
                float probability = (float) item.probability();
                json.name("token").value(tokens.issue(decision.decisionId(), offer, variant, probability, now));
            }
            json.endObject();
        }
        json.endArray();
        if (placement.trace() != null) {
            writeTrace(json, placement.trace(), placement.traceLeftOut());
        }
        json.endObject();
    }

    private static void writeTrace(JsonBytes json, List<CandidateTrace> trace, int leftOut) {
        json.name("trace").beginObject().name("candidates").beginArray();
        for (CandidateTrace candidate : trace) {
            json.beginObject();
            json.name("offer").value(candidate.offer());
            json.name("verdict").value(candidate.verdict().name());
            json.name("because").value(candidate.because());
            CandidateTrace.Factors factors = candidate.factors();
            if (factors != null) {
                json.name("factors").beginObject();
                json.name("propensity").value(factors.propensity());
                json.name("propensitySource").value(factors.propensitySource());
                json.name("value").value(factors.value());
                json.name("context").value(factors.context());
                json.name("lever").value(factors.lever());
                json.name("score").value(factors.score());
                json.endObject();
            }
            json.endObject();
        }
        json.endArray();
        if (leftOut > 0) {
            json.name("leftOut").value(leftOut);
        }
        json.endObject();
    }
}
