package io.meridian.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openfeature.contrib.providers.ofrep.OfrepProvider;
import dev.openfeature.contrib.providers.ofrep.OfrepProviderOptions;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import io.meridian.edge.adapter.demo.DemoConsentString;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application that speaks OpenFeature reads placements with the stock SDK and provider. */
@QuarkusTest
class OpenFeatureTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Value NOTHING = new Value("default");
    private static final String ALL = "/ofrep/v1/evaluate/flags";

    @TestHTTPResource("/")
    URI base;

    private Client client;
    private HttpClientOf http;

    @BeforeEach
    void connect() {
        http = new HttpClientOf(base);
        String root = "http://" + base.getHost() + ":" + base.getPort();
        OpenFeatureAPI.getInstance()
                .setProviderAndWait(OfrepProvider.constructProvider(
                        OfrepProviderOptions.builder().baseUrl(root).build()));
        client = OpenFeatureAPI.getInstance().getClient();
    }

    @AfterEach
    void disconnect() {
        OpenFeatureAPI.getInstance().shutdown();
    }

    @Test
    void readsThreePlacements() {
        for (String placement : new String[] {"home-hero", "category-banner", "cart-nudge"}) {
            FlagEvaluationDetails<Value> details = client.getObjectDetails(placement, NOTHING, context("c-1001"));
            assertNull(details.getErrorCode(), placement + ": " + details.getErrorMessage());
            assertTrue(details.getValue().isStructure(), placement);
            assertTrue(details.getVariant().contains("/"), details.getVariant());
            assertTrue(Set.of("TARGETING_MATCH", "SPLIT", "STATIC").contains(details.getReason()), details.getReason());
        }
    }

    @Test
    void failuresReachTheApplicationAsItsDefault() {
        FlagEvaluationDetails<Value> unknown = client.getObjectDetails("no-such-place", NOTHING, context("c-1001"));
        assertEquals(ErrorCode.FLAG_NOT_FOUND, unknown.getErrorCode());
        assertEquals(NOTHING, unknown.getValue());
        FlagEvaluationDetails<Value> nobody =
                client.getObjectDetails("home-hero", NOTHING, new ImmutableContext(Map.of("country", new Value("DE"))));
        assertEquals(NOTHING, nobody.getValue());
        assertTrue(nobody.getErrorCode() != null);
    }

    @Test
    void failuresAreInTheProtocolsWords() throws Exception {
        assertFailure("{\"context\":{}}", 400, "TARGETING_KEY_MISSING");
        assertFailure("{}", 400, "TARGETING_KEY_MISSING");
        assertFailure("{\"context\":", 400, "PARSE_ERROR");
        assertFailure("{\"context\":{\"targetingKey\":\"a\",\"targetingKey\":\"b\"}}", 400, "PARSE_ERROR");
        assertFailure("{\"context\":{\"targetingKey\":\"\"}}", 400, "TARGETING_KEY_MISSING");
        assertFailure("{\"context\":{\"targetingKey\":\"a\",\"homeRegion\":\"us-east\"}}", 421, "GENERAL");
        assertFailure("{\"context\":{\"targetingKey\":7}}", 400, "INVALID_CONTEXT");
        assertFailure("{\"context\":{\"targetingKey\":\"a\",\"country\":\"Germany\"}}", 400, "INVALID_CONTEXT");
        assertFailure("{\"context\":{\"targetingKey\":\"a\",\"market\":\"xx\"}}", 400, "INVALID_CONTEXT");
        assertFailure("{\"context\":{\"targetingKey\":\"a\",\"cart.value\":\"much\"}}", 400, "INVALID_CONTEXT");
    }

    @Test
    void whatGoesWrongBeforeTheEvaluationIsInTheProtocolsFormToo() throws Exception {
        assertGeneral(406, http.post(ALL, "{}", "Accept", "text/html"));
        assertGeneral(415, http.post(ALL + "/home-hero", "{}", "Content-Type", "text/plain"));
        assertGeneral(413, http.post(ALL + "/home-hero", " ".repeat(300_000)));
        assertGeneral(405, http.get(ALL));
        assertGeneral(404, http.get("/ofrep/v2"));
        String elsewhere = "{\"context\":{\"targetingKey\":\"a\",\"homeRegion\":\"us-east\"}}";
        JsonNode misdirected = assertGeneral(421, http.post(ALL, elsewhere));
        assertEquals("us-east", misdirected.at("/metadata/homeRegion").textValue());
        assertTrue(misdirected.get("errorDetails").textValue().contains("us-east"));
    }

    private static JsonNode assertGeneral(int status, HttpResponse<String> reply) throws Exception {
        assertEquals(status, reply.statusCode(), reply.body());
        assertEquals(
                "application/json",
                reply.headers().firstValue("Content-Type").orElse("none").split(";")[0]);
        JsonNode failure = MAPPER.readTree(reply.body());
        assertEquals("GENERAL", failure.get("errorCode").textValue());
        return failure;
    }

    @Test
    void allPlacementsOfAChannelHaveATagThatConsentChanges() throws Exception {
        String tcf = DemoConsentString.of(Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), Instant.now());
        String with = body("\"tcf\":\"" + tcf + "\",");
        HttpResponse<String> first = http.post(ALL, with);
        assertEquals(200, first.statusCode());
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = http.post(ALL, with, "If-None-Match", tag);
        HttpResponse<String> withdrawn = http.post(ALL, body(""), "If-None-Match", tag);
        assertEquals(304, again.statusCode());
        assertEquals(200, withdrawn.statusCode());
        assertNotEquals(tag, withdrawn.headers().firstValue("ETag").orElseThrow());
        boolean hero = false;
        for (JsonNode flag : MAPPER.readTree(first.body()).get("flags")) {
            assertTrue(flag.get("value").isObject());
            assertFalse(flag.get("key").textValue().equals("kiosk-welcome"), "not of this channel");
            hero |= flag.get("key").textValue().equals("home-hero");
        }
        assertTrue(hero);
    }

    private void assertFailure(String body, int status, String code) throws Exception {
        for (String path : new String[] {ALL, ALL + "/home-hero"}) {
            HttpResponse<String> reply = http.post(path, body);
            JsonNode failure = MAPPER.readTree(reply.body());
            assertEquals(status, reply.statusCode(), reply.body());
            assertEquals(code, failure.get("errorCode").textValue(), reply.body());
            assertEquals(path.equals(ALL), !failure.has("key"));
        }
    }

    private static String body(String consent) {
        return "{\"context\":{\"targetingKey\":\"c-1001\"," + consent
                + "\"country\":\"DE\",\"channel\":\"web\",\"unset\":null,\"cart\":{\"lines\":[1,2]}}}";
    }

    private static ImmutableContext context(String id) {
        return new ImmutableContext(
                id, Map.of("country", new Value("DE"), "channel", new Value("web"), "plan", new Value("premium")));
    }
}
