package io.meridian.edge.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service that is watched as in production: a collector of traces that takes OTLP over HTTP, and logs as JSON. */
public final class Collector implements QuarkusTestProfile {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What was posted, as it came. */
    static final List<String> BODIES = new CopyOnWriteArrayList<>();

    static final List<String> TROUBLES = new CopyOnWriteArrayList<>();

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Receiver.class));
    }

    /** Starts before the service and ends after it. */
    public static final class Receiver implements QuarkusTestResourceLifecycleManager {
        private HttpServer server;

        @Override
        public Map<String, String> start() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            server.createContext("/v1/traces", Receiver::take);
            server.start();
            return Map.of(
                    "otel.exporter.otlp.endpoint",
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/",
                    "otel.exporter.otlp.headers",
                    "X-Tenant=secret",
                    "otel.traces.sampler.arg",
                    "0",
                    "quarkus.log.console.json.enabled",
                    "true");
        }

        private static void take(HttpExchange exchange) throws IOException {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))
                    || !"secret".equals(exchange.getRequestHeaders().getFirst("X-Tenant"))) {
                TROUBLES.add("headers " + exchange.getRequestHeaders().entrySet());
            }
            BODIES.add(body);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        }

        @Override
        public void stop() {
            server.stop(0);
        }
    }

    /** All spans of a trace that have come so far. */
    static List<JsonNode> spans(String traceId) throws IOException {
        List<JsonNode> spans = new ArrayList<>();
        for (String body : BODIES) {
            for (JsonNode span : MAPPER.readTree(body).at("/resourceSpans/0/scopeSpans/0/spans")) {
                if (span.get("traceId").asText().equals(traceId)) {
                    spans.add(span);
                }
            }
        }
        return spans;
    }
}
