package io.meridian.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.adapter.demo.DemoConsentString;
import io.meridian.edge.adapter.demo.DemoProfiles;
import io.meridian.edge.adapter.http.wire.DecisionRequestReader;
import io.meridian.edge.cli.lab.Configuration;
import io.meridian.edge.cli.lab.Explanation;
import io.meridian.edge.cli.lab.Regions;
import io.meridian.edge.cli.lab.RuleBook;
import io.meridian.edge.cli.lab.Visit;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.profile.ProfileRecord;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is decided offline is what the service decides, for the same visitor, request and rules. */
@QuarkusTest
class OfflineDecisionHttpTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int PERSONAS = 40;
    private static final long DEMO_SEED = 1;

    @TestHTTPResource("/")
    URI base;

    @Test
    void theDemonstrationsCustomersGetTheSameFromBoth() throws Exception {
        HttpClientOf client = new HttpClientOf(base);
        long now = System.currentTimeMillis();
        DemoProfiles customers = new DemoProfiles("eu-central", DEMO_SEED, PERSONAS, now);
        List<Set<Integer>> consents = List.of(Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), Set.of(2, 11), Set.of());
        int personal = 0;
        try (Regions regions = new Regions(Configuration.read(Path.of("edge-config")), Path.of("models"))) {
            RuleBook rules = new RuleBook(regions.configuration().tree());
            while (customers.hasNext()) {
                ProfileRecord customer = customers.next();
                for (int i = 0; i <= consents.size(); i++) {
                    String consent = i == consents.size()
                            ? "{}"
                            : "{\"tcf\":\"" + DemoConsentString.of(consents.get(i), Instant.ofEpochMilli(now)) + "\"}";
                    String body = body(customer.subject().id(), consent);
                    HttpResponse<String> reply = client.post("/v1/decide", body);
                    assertEquals(200, reply.statusCode(), reply.body());
                    ObjectNode served = (ObjectNode) MAPPER.readTree(reply.body());
                    Visit visit = new Visit(
                            DecisionRequestReader.read(body.getBytes(StandardCharsets.UTF_8)),
                            customer.values(),
                            customer.consent(),
                            List.of(),
                            System.currentTimeMillis(),
                            null);
                    Decision decision = (Decision) regions.get("eu-central").decide(visit);
                    JsonNode offline = new Explanation(decision, visit, rules).json();
                    for (String part : List.of("privacy", "decisions", "degraded")) {
                        assertEquals(
                                plain(served.get(part)),
                                plain(offline.get(part)),
                                customer.subject().id() + " " + part + " " + body);
                    }
                    personal += decision.privacy().personalised() ? 1 : 0;
                }
            }
        }
        assertTrue(personal > PERSONAS / 2, "a test of strangers alone proves little: " + personal);
    }

    private static String body(String id, String consent) {
        return "{\"subject\":{\"ids\":[{\"ns\":\"customer\",\"id\":\"" + id + "\"}]},"
                + "\"placements\":[{\"id\":\"home-hero\"},{\"id\":\"product-companion\",\"count\":4},{\"id\":\"cart-nudge\"},"
                + "{\"id\":\"sponsored-tile\",\"count\":2}],"
                + "\"context\":{\"country\":\"DE\",\"channel\":\"web\",\"device\":\"mobile\",\"attributes\":{\"cart.value\":210.0}},"
                + "\"consent\":" + consent + ",\"options\":{\"explain\":\"full\",\"dryRun\":true,\"deadlineMs\":1000}}";
    }

    /** Without what only the explanation adds. */
    private static JsonNode plain(JsonNode node) {
        node.findParents("rules").forEach(parent -> ((ObjectNode) parent).remove("rules"));
        return node;
    }
}
