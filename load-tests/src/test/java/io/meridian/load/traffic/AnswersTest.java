package io.meridian.load.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.load.measure.Recorder.Outcome;
import io.meridian.load.traffic.Answers.Answer;
import io.meridian.load.traffic.Answers.Wrong;
import io.meridian.load.traffic.Call.Visitor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fast wrong answer must not count as a good one. */
class AnswersTest {
    private static final String TAG = "\"tag\"";
    private static final String SHED = "{\"type\":\"urn:meridian:problem:overloaded\",\"status\":429}";

    private final Memory memory = new Memory();
    private final Answers answers = new Answers(memory);

    @Test
    void aWholeDecisionIsGood() {
        assertEquals(Outcome.GOOD, judge(Kind.DECIDE_CONSENTED, 200, decision(true, "")));
        assertEquals("t1", memory.next().token());
    }

    @Test
    void aPersonalAnswerAfterARefusalIsWrong() {
        assertEquals(Outcome.GOOD, judge(Kind.DECIDE_DENIED, 200, decision(false, "")));
        assertWrong("a personal answer", Kind.DECIDE_DENIED, 200, decision(true, ""));
        assertWrong("a personal answer", Kind.DECIDE_ANONYMOUS, 200, decision(true, ""));
    }

    @Test
    void anUnexplainedImpersonalAnswerIsWrong() {
        assertWrong("no personal answer", Kind.DECIDE_CONSENTED, 200, decision(false, ""));
        assertWrong("no personal answer", Kind.DECIDE_CONSENTED, 200, decision(false, "\"CAP_UNKNOWN\""));
        assertEquals(Outcome.DEGRADED, judge(Kind.DECIDE_CONSENTED, 200, decision(false, "\"PROFILE_TIMEOUT\"")));
        String refused = decision(false, "").replace("\"denied\":[]", "\"denied\":[{\"because\":\"STORED_REFUSAL\"}]");
        assertEquals(Outcome.GOOD, judge(Kind.DECIDE_CONSENTED, 200, refused));
    }

    @Test
    void anIncompleteDecisionIsWrong() {
        assertWrong("as many decisions", Kind.DECIDE_SILENT, 200, "{}");
        assertWrong("order", Kind.DECIDE_SILENT, 200, decision(false, "").replace("home-hero", "other"));
        assertWrong(
                "without content",
                Kind.DECIDE_SILENT,
                200,
                decision(false, "").replace("\"content\":{}", "\"content\":1"));
        assertWrong("no JSON", Kind.DECIDE_SILENT, 200, "<html>");
        assertWrong("status 500", Kind.DECIDE_SILENT, 500, "{}");
    }

    @Test
    void beingTurnedAwayTakesAWordOnWhenToComeBack() {
        assertEquals(Outcome.SHED, answers.judge(call(Kind.EVENTS, ""), new Answer(429, "1", "", "", bytes(SHED))));
        assertThrows(Wrong.class, () -> answers.judge(call(Kind.EVENTS, ""), new Answer(429, "", "", "", bytes(SHED))));
        assertThrows(
                Wrong.class, () -> answers.judge(call(Kind.EVENTS, ""), new Answer(429, "0", "", "", bytes(SHED))));
        assertThrows(
                Wrong.class, () -> answers.judge(call(Kind.EVENTS, ""), new Answer(429, "1", "", "", bytes("{}"))));
    }

    @Test
    void openFeatureIsTurnedAwayInItsOwnForm() {
        assertEquals(Outcome.SHED, answers.judge(call(Kind.OFREP_FLAG, ""), new Answer(429, "2", "", "", bytes("{}"))));
        assertThrows(Wrong.class, () -> judge(Kind.OFREP_FLAG, 429, "{}"));
    }

    @Test
    void aSharedAnswerIsRevalidated() {
        Call first = call(Kind.EDGE_SHARED, "");
        String shared = decision(false, "").replace("\"decisionId\":\"d\",", "");

        assertEquals(
                Outcome.GOOD, answers.judge(first, new Answer(200, "", TAG, "public, s-maxage=60", bytes(shared))));
        assertEquals(TAG, memory.tag(Visitors.question(first)));
        assertEquals(Outcome.GOOD, judge(call(Kind.EDGE_SHARED, TAG), 304, ""));
        assertWrong("304", Kind.EDGE_SHARED, 304, "");
        assertThrows(
                Wrong.class,
                () -> answers.judge(
                        first, new Answer(200, "", TAG, "public, s-maxage=60", bytes(decision(false, "")))));
    }

    @Test
    void aMisroutedVisitorIsSentHomeOrServedWithoutTheirData() {
        assertEquals(Outcome.GOOD, judge(Kind.DECIDE_MISROUTED, 421, "{\"homeRegion\":\"us-east\"}"));
        assertEquals(Outcome.GOOD, judge(Kind.DECIDE_MISROUTED, 200, decision(false, "")));
        assertWrong("421 that names no", Kind.DECIDE_MISROUTED, 421, "{}");
        assertWrong("a personal answer", Kind.DECIDE_MISROUTED, 200, decision(true, ""));
    }

    @Test
    void everyEventHasToBeTaken() {
        String results = "{\"results\":[{\"status\":\"counted\"},{\"status\":\"%s\"}]}";

        assertEquals(Outcome.GOOD, judge(Kind.EVENTS, 200, results.formatted("duplicate")));
        assertWrong("rejected", Kind.EVENTS, 200, results.formatted("rejected"));
    }

    private static String decision(boolean personalised, String degraded) {
        return """
                {"decisionId":"d","privacy":{"personalised":%s,"denied":[]},"decisions":[{"placement":"home-hero",
                "items":[{"offer":"o","variant":"v","content":{},"token":"t1"}]}],"degraded":[%s]}""".formatted(personalised, degraded);
    }

    private void assertWrong(String why, Kind kind, int status, String body) {
        String message =
                assertThrows(Wrong.class, () -> judge(kind, status, body)).getMessage();
        assertTrue(message.contains(why), message);
    }

    private Outcome judge(Kind kind, int status, String body) {
        return judge(call(kind, ""), status, body);
    }

    private Outcome judge(Call call, int status, String body) {
        return answers.judge(call, new Answer(status, "", "", "", bytes(body)));
    }

    private static Call call(Kind kind, String ifNoneMatch) {
        Visitor visitor = new Visitor("c-1001", "DE", "mobile", "de", "web", "T");
        return new Call(kind, "/v1/decide", "", visitor, ifNoneMatch, List.of("home-hero"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
