package io.meridian.edge.app;

import io.meridian.edge.adapter.http.Traces;
import io.meridian.edge.adapter.telemetry.OtlpExporter;
import io.meridian.edge.adapter.telemetry.RequestSpan;
import io.meridian.edge.adapter.telemetry.RequestTracer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Traces, if OpenTelemetry's own variables name a collector; without one there is no filter, no thread, and nothing to look up:
 *
 * <ul>
 *   <li>{@code OTEL_EXPORTER_OTLP_TRACES_ENDPOINT}, the whole address, or {@code OTEL_EXPORTER_OTLP_ENDPOINT}, to which {@code /v1/traces} is
 *       added; OTLP over HTTP, as JSON
 *   <li>{@code OTEL_EXPORTER_OTLP_HEADERS}: {@code name=value}, separated by commas, values percent-encoded
 *   <li>{@code OTEL_TRACES_SAMPLER_ARG}: the share of requests that begin a trace where the caller sent none, 0 to 1, 1 if not said; a
 *       caller's own choice is always followed
 *   <li>{@code OTEL_SERVICE_NAME}: {@code meridian} if not said
 * </ul>
 */
@Singleton
final class Tracing {
    /** After the gate: who has no key begins no trace. */
    private static final int PRIORITY = Integer.MAX_VALUE - 100;

    private static final int MAX_PORT = 65_535;

    private final @Nullable OtlpExporter exporter;
    private final double share;

    Tracing(Config config, MeridianConfig meridian, MeterRegistry registry) {
        Optional<String> endpoint = value(config, "otel.exporter.otlp.traces.endpoint")
                .or(() -> value(config, "otel.exporter.otlp.endpoint")
                        .map(base -> base.replaceFirst("/*$", "/v1/traces")));
        share = value(config, "otel.traces.sampler.arg").map(Tracing::share).orElse(1.0);
        exporter = endpoint.map(address -> new OtlpExporter(
                        address(address),
                        headers(value(config, "otel.exporter.otlp.headers").orElse("")),
                        value(config, "otel.service.name").orElse("meridian"),
                        value(config, "quarkus.application.version").orElse("unknown"),
                        meridian.region().orElse(Parts.DEMO_REGION)))
                .orElse(null);
        count(registry, "sent", OtlpExporter::sent);
        count(registry, "dropped", OtlpExporter::dropped);
    }

    private static Optional<String> value(Config config, String property) {
        return config.getOptionalValue(property, String.class);
    }

    private void count(MeterRegistry registry, String outcome, ToDoubleFunction<OtlpExporter> count) {
        FunctionCounter.builder(
                        "meridian.spans", this, of -> of.exporter == null ? 0 : count.applyAsDouble(of.exporter))
                .tag("outcome", outcome)
                .description("Spans of traced requests by what became of them")
                .register(registry);
    }

    /** The address itself, which may hold a secret, is not repeated to whom it is refused. */
    static URI address(String text) {
        try {
            URI address = new URI(text);
            if (text.matches("https?://.*") && address.getHost() != null && address.getPort() <= MAX_PORT) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new StartupRefused(
                "OTEL_EXPORTER_OTLP_ENDPOINT: takes an address with a host that begins with http:// or https://");
    }

    private static double share(String text) {
        try {
            double share = Double.parseDouble(text);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new StartupRefused("OTEL_TRACES_SAMPLER_ARG: takes a share from 0 to 1");
    }

    /** Told by number, for what stands there may be a secret. */
    static Map<String, String> headers(String text) {
        Map<String, String> headers = new HashMap<>();
        String[] all = text.isBlank() ? new String[0] : text.split(",");
        for (int i = 0; i < all.length; i++) {
            int equals = all[i].indexOf('=');
            String name = all[i].substring(0, Math.max(0, equals)).strip();
            try {
                String value = decoded(all[i].substring(equals + 1).strip());
                HttpRequest.newBuilder().header(name, value);
                headers.put(name, value);
            } catch (IllegalArgumentException e) {
                throw new StartupRefused("OTEL_EXPORTER_OTLP_HEADERS: takes name=value, separated by commas, values "
                        + "percent-encoded; no. " + (i + 1) + " is no header that can be sent");
            }
        }
        return headers;
    }

    /** Percent-decoded; a plus stands for itself, other than in a form. IllegalArgumentException if it cannot be. */
    private static String decoded(String value) {
        return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    void register(@Observes Filters filters) {
        if (exporter != null) {
            filters.register(new RequestTracer(exporter, share)::handle, PRIORITY);
        }
    }

    @Produces
    @Singleton
    Traces traces() {
        if (exporter == null) {
            return () -> null;
        }
        return () -> {
            RequestSpan span = RequestTracer.current();
            return span == null ? null : span::decided;
        };
    }

    @PreDestroy
    void close() {
        if (exporter != null) {
            exporter.close();
        }
    }
}
