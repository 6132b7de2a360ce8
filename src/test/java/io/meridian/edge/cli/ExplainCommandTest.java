package io.meridian.edge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final String AT = "2026-04-01T12:00:00Z";
    private static final String REQUEST =
            "{\"subject\":{\"ids\":[{\"ns\":\"customer\",\"id\":\"c-1\"}]},\"placements\":[{\"id\":\"hero\",\"count\":2}],"
                    + "\"context\":{\"country\":\"DE\",\"channel\":\"web\",\"device\":\"mobile\",\"attributes\":{\"page.type\":\"cart\"}}}";
    private static final String PROFILE =
            "{\"profile\":{\"tier\":\"gold\"},\"storedConsent\":{\"given\":[\"SELECT_CONTENT\"]},"
                    + "\"impressions\":[{\"offer\":\"gold-sale\",\"placement\":\"hero\",\"at\":\"2026-03-30T12:00:00Z\"}]}";

    @TempDir
    Path temp;

    @Test
    void everyOffersVerdictIsToldWithItsRule() throws Exception {
        CommandRun run = explain(REQUEST, PROFILE, "--at", AT);
        assertEquals(LabFolders.golden("explain.golden.txt"), run.out());
        assertEquals(0, run.exit(), run.err());
    }

    @Test
    void jsonIsTheServicesAnswerWithTheRulesBehindIt() throws Exception {
        JsonNode answer = new ObjectMapper()
                .readTree(explain(REQUEST, PROFILE, "--at", AT, "--format", "json")
                        .out());
        JsonNode first = answer.at("/decisions/0/trace/candidates/0");
        assertEquals("gold-sale", first.get("offer").textValue());
        assertEquals("markets/xx/rules.yaml", first.at("/rules/1/file").textValue());
        assertEquals("context.country == \"DE\"", first.at("/rules/1/when").textValue());
        assertTrue(answer.at("/decisionId").isMissingNode());
    }

    @Test
    void aVisitOfADiffCanBeGivenAsItIs() throws Exception {
        String visit = "{\"request\":" + REQUEST + "," + PROFILE.substring(1, PROFILE.length() - 1) + ",\"at\":\"" + AT
                + "\"}";
        assertEquals(
                explain(REQUEST, PROFILE, "--at", AT).out(),
                explain(visit, null).out());
    }

    @Test
    void whatCannotBeReadIsToldWithItsPointer() throws Exception {
        assertProblem(
                "/profile/tier: must be one of none, silver, gold", REQUEST, "{\"profile\":{\"tier\":\"golden\"}}");
        assertProblem("/profile/teir: unknown attribute", REQUEST, "{\"profile\":{\"teir\":\"gold\"}}");
        assertProblem("/profil: is not known here; did you mean 'profile'?", REQUEST, "{\"profil\":{}}");
        assertProblem(
                "/storedConsent/given: there is no such purpose; did you mean 'SELECT_CONTENT'?",
                REQUEST,
                "{\"storedConsent\":{\"given\":[\"SELECT_CONTNT\"]}}");
        assertProblem("/request/placements: ", "{\"placements\":[]}", null);
        assertProblem("is not JSON: line 1, column ", "{\"placements\":", null);
        assertProblem("refused, UNKNOWN_PLACEMENT /placements/0/id", REQUEST.replace("hero", "hiro"), null);
        assertEquals(2, explain(REQUEST.replace("DE", "FR"), null).exit(), "no region serves it");
        assertEquals(2, CommandRun.of("explain", TestBundles.MINIMAL.toString()).exit());
    }

    private void assertProblem(String message, String request, String profile) throws IOException {
        CommandRun run = explain(request, profile);
        assertEquals(1, run.exit(), run.out());
        assertTrue(run.err().contains(message), run.err());
    }

    private CommandRun explain(String request, String profile, String... more) throws IOException {
        Path asked = Files.writeString(temp.resolve("request.json"), request);
        String[] arguments = new String[4 + (profile == null ? 0 : 2) + more.length];
        arguments[0] = "explain";
        arguments[1] = TestBundles.MINIMAL.toString();
        arguments[2] = "--request";
        arguments[3] = asked.toString();
        if (profile != null) {
            arguments[4] = "--profile";
            arguments[5] =
                    Files.writeString(temp.resolve("profile.json"), profile).toString();
        }
        System.arraycopy(more, 0, arguments, arguments.length - more.length, more.length);
        return CommandRun.of(arguments);
    }
}
