package io.meridian.load.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.load.measure.Recorder.Outcome;
import java.io.IOException;
import java.util.Set;

/**
 * Judges answers against the contract: every answer of every run, for a fast answer that is wrong must not count. Thread-safe.
 */
final class Answers {
    /** An answer is not what it should be; the message says how. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        Wrong(String message) {
            super(message, null, false, false);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OVERLOADED = "urn:meridian:problem:overloaded";

    /** Said of good answers, too: what consent, the region's policy or a model's own modesty left out is no trouble of the service. */
    private static final Set<String> NO_TROUBLE = Set.of("CAP_UNKNOWN", "MISROUTED", "MODEL_NOT_CONFIDENT");

    private static final Set<String> EVENT_TAKEN = Set.of("counted", "duplicate", "not-permitted", "erased");

    private final Memory memory;

    Answers(Memory memory) {
        this.memory = memory;
    }

    /** The parts of an answer that are looked at; a header that is missing is empty. */
    record Answer(int status, String retryAfter, String entityTag, String cacheControl, byte[] body) {}

    /** What to make of an answer; throws {@link Wrong} if it is not as the contract says. */
    Outcome judge(Call call, Answer answer) {
        if (answer.status() == 429) {
            return shed(call.kind, answer);
        }
        return switch (call.kind) {
            case DECIDE_MISROUTED -> misrouted(answer);
            case EDGE_SHARED -> shared(call, answer);
            case DECIDE_CONSENTED, DECIDE_SILENT, DECIDE_DENIED, DECIDE_ANONYMOUS, DECIDE_UNKNOWN, EDGE_KNOWN ->
                decision(call, tree(answer, 200));
            case OFREP_FLAG -> flag(call, tree(answer, 200));
            case OFREP_FLAGS -> flags(tree(answer, 200));
            case EVENTS -> events(tree(answer, 200));
            case PROFILE, CONSENT -> written(answer);
        };
    }

    /** OpenFeature's protocol has a form of its own for what goes wrong; of being turned away it knows the header alone. */
    private static Outcome shed(Kind kind, Answer answer) {
        require(answer.retryAfter().matches("[1-9][0-9]*"), "429 without a Retry-After of whole seconds");
        if (kind != Kind.OFREP_FLAG && kind != Kind.OFREP_FLAGS) {
            require(tree(answer, 429).path("type").asText().equals(OVERLOADED), "429 that is no " + OVERLOADED);
        }
        return Outcome.SHED;
    }

    /** The region's policy is either to send them home or to decide without them. */
    private static Outcome misrouted(Answer answer) {
        if (answer.status() == 421) {
            require(!tree(answer, 421).path("homeRegion").asText().isEmpty(), "421 that names no home region");
            return Outcome.GOOD;
        }
        require(!personalised(tree(answer, 200)), "a misrouted visitor was given a personal answer");
        return Outcome.GOOD;
    }

    private Outcome shared(Call call, Answer answer) {
        if (answer.status() == 304) {
            require(!call.ifNoneMatch.isEmpty(), "304 to a question without If-None-Match");
            return Outcome.GOOD;
        }
        JsonNode decision = tree(answer, 200);
        if (answer.cacheControl().startsWith("public")) {
            require(!answer.entityTag().isEmpty(), "a shared answer without an ETag");
            require(decision.path("decisionId").isMissingNode(), "a shared answer with a decision id");
            memory.remember(Visitors.question(call), answer.entityTag());
        }
        return decision(call, decision);
    }

    private Outcome decision(Call call, JsonNode decision) {
        JsonNode decisions = decision.path("decisions");
        require(decisions.size() == call.placements.size(), "as many decisions as placements are due");
        for (int i = 0; i < decisions.size(); i++) {
            JsonNode one = decisions.get(i);
            require(
                    one.path("placement").asText().equals(call.placements.get(i)),
                    "decisions are due in the order asked for");
            require(!one.path("items").isEmpty(), "a placement without an item");
            for (JsonNode item : one.path("items")) {
                require(item.path("content").isObject(), "an item without content");
                remember(call, one, item);
            }
        }
        checkPrivacy(call.kind, decision);
        return troubled(decision) ? Outcome.DEGRADED : Outcome.GOOD;
    }

    private static void checkPrivacy(Kind kind, JsonNode decision) {
        boolean personalised = personalised(decision);
        switch (kind) {
            case DECIDE_DENIED, DECIDE_ANONYMOUS, DECIDE_UNKNOWN, EDGE_SHARED ->
                require(!personalised, "a personal answer where there must be none");
            case DECIDE_CONSENTED, EDGE_KNOWN ->
                require(
                        personalised || troubled(decision) || refusedBefore(decision),
                        "no personal answer, and neither a stored refusal nor a degradation to explain it");
            default -> {}
        }
    }

    /** Whether something failed, was late, or could not be done. */
    private static boolean troubled(JsonNode decision) {
        for (JsonNode code : decision.path("degraded")) {
            if (!NO_TROUBLE.contains(code.asText())) {
                return true;
            }
        }
        return false;
    }

    private static boolean refusedBefore(JsonNode decision) {
        for (JsonNode denial : decision.path("privacy").path("denied")) {
            if (denial.path("because").asText().equals("STORED_REFUSAL")) {
                return true;
            }
        }
        return false;
    }

    private void remember(Call call, JsonNode decision, JsonNode item) {
        String token = item.path("token").asText();
        if (!token.isEmpty() && call.kind == Kind.DECIDE_CONSENTED) {
            memory.remember(new Memory.Shown(
                    call.subject,
                    call.country,
                    call.tcf,
                    decision.path("placement").asText(),
                    item.path("offer").asText(),
                    item.path("variant").asText(),
                    token));
        }
    }

    private static Outcome flag(Call call, JsonNode flag) {
        require(flag.path("key").asText().equals(call.placements.get(0)), "another flag than the one asked for");
        require(flag.path("value").isObject(), "a flag without a value");
        require(!flag.path("reason").asText().isEmpty(), "a flag without a reason");
        return Outcome.GOOD;
    }

    private static Outcome flags(JsonNode all) {
        require(!all.path("flags").isEmpty(), "no flags");
        for (JsonNode flag : all.path("flags")) {
            require(flag.path("value").isObject(), "a flag without a value");
        }
        return Outcome.GOOD;
    }

    private static Outcome events(JsonNode answer) {
        require(!answer.path("results").isEmpty(), "no results of the events");
        for (JsonNode result : answer.path("results")) {
            String status = result.path("status").asText();
            require(
                    EVENT_TAKEN.contains(status),
                    "an event was " + status + ": " + result.path("detail").asText());
        }
        return Outcome.GOOD;
    }

    /** 403: what was said by consent stands against it. 409: somebody said something later. */
    private static Outcome written(Answer answer) {
        require(
                answer.status() == 204 || answer.status() == 403 || answer.status() == 409,
                "status " + answer.status() + " instead of 204, 403 or 409");
        return Outcome.GOOD;
    }

    private static boolean personalised(JsonNode decision) {
        return decision.path("privacy").path("personalised").asBoolean();
    }

    private static JsonNode tree(Answer answer, int status) {
        require(answer.status() == status, "status " + answer.status() + " instead of " + status);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new Wrong("an answer that is no JSON");
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new Wrong(otherwise);
        }
    }
}
