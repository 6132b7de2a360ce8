package io.meridian.edge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.meridian.edge.core.model.Degradation;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The document of the interface says what the service does. */
@QuarkusTest
class OpenApiTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TestHTTPResource("/")
    URI base;

    @Test
    void describesExactlyTheRoutesThereAre() throws Exception {
        TreeSet<String> described = new TreeSet<>();
        document()
                .get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(name -> {
                    if (!name.equals("parameters")) {
                        described.add(name.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        assertEquals(routes(), described);
    }

    @Test
    void everyDoorSaysThatItMayTurnCallersAway() throws Exception {
        for (JsonNode path : document().get("paths")) {
            for (Iterator<Map.Entry<String, JsonNode>> methods = path.fields(); methods.hasNext(); ) {
                Map.Entry<String, JsonNode> method = methods.next();
                if (!method.getKey().equals("parameters")) {
                    assertTrue(
                            method.getValue().path("responses").has("429"),
                            method.getValue().path("operationId").asText());
                }
            }
        }
    }

    @Test
    void namesEveryDegradationThereIs() throws Exception {
        TreeSet<String> described = new TreeSet<>();
        document()
                .at("/components/schemas/Decision/properties/degraded/items/enum")
                .forEach(code -> described.add(code.asText()));
        TreeSet<String> all = new TreeSet<>();
        for (Degradation code : Degradation.values()) {
            all.add(code.name());
        }
        assertEquals(all, described);
    }

    @Test
    void everyExampleOfARequestIsTaken() throws Exception {
        HttpClientOf client = new HttpClientOf(base);
        int sent = 0;
        for (Iterator<Map.Entry<String, JsonNode>> paths =
                        document().get("paths").fields();
                paths.hasNext(); ) {
            Map.Entry<String, JsonNode> path = paths.next();
            for (Iterator<Map.Entry<String, JsonNode>> methods = path.getValue().fields(); methods.hasNext(); ) {
                Map.Entry<String, JsonNode> method = methods.next();
                for (JsonNode content : method.getValue().at("/requestBody/content")) {
                    for (JsonNode example : content.findValues("example")) {
                        sent += send(client, method.getKey(), path.getKey(), example);
                    }
                    for (JsonNode example : content.path("examples")) {
                        sent += send(client, method.getKey(), path.getKey(), example.get("value"));
                    }
                }
            }
        }
        assertTrue(sent >= 8, "only " + sent + " examples were found");
    }

    private static int send(HttpClientOf client, String method, String path, JsonNode body) {
        String address =
                path.replace("{ns}", "customer").replace("{id}", "c-example").replace("{key}", "home-hero");
        HttpResponse<String> reply = client.send(method.toUpperCase(Locale.ROOT), address, body.toString());
        // Consent or a store that is still connecting may stand in the way; the example's form must not.
        assertNotEquals(400, reply.statusCode(), address + " " + reply.body());
        assertNotEquals(404, reply.statusCode(), address + " " + reply.body());
        assertTrue(reply.statusCode() < 500 || reply.statusCode() == 503, address + " " + reply.body());
        return 1;
    }

    private JsonNode document() throws Exception {
        HttpResponse<String> reply = new HttpClientOf(base).get("/q/openapi?format=json");
        assertEquals(200, reply.statusCode());
        JsonNode read = MAPPER.readTree(reply.body());
        assertFalse(read.path("components").path("schemas").isMissingNode());
        return read;
    }

    /** {@code METHOD /path} of every method of ours that JAX-RS would route to. */
    private static TreeSet<String> routes() {
        TreeSet<String> routes = new TreeSet<>();
        for (JavaClass resource : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.meridian.edge")) {
            if (!resource.isAnnotatedWith(Path.class)) {
                continue;
            }
            String root = resource.getAnnotationOfType(Path.class).value();
            for (JavaMethod method : resource.getMethods()) {
                String below = method.isAnnotatedWith(Path.class)
                        ? method.getAnnotationOfType(Path.class).value()
                        : "";
                method.getAnnotations().stream()
                        .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
                        .forEach(
                                annotation -> routes.add(annotation.getRawType().getSimpleName() + " " + root + below));
            }
        }
        return routes;
    }
}
