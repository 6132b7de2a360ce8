package io.meridian.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.load.traffic.Mix;
import io.meridian.load.traffic.Refused;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Looks whether somebody is there to be asked, and whether the mix is for them, before a run begins. */
final class Reception {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Settings settings;
    private final Mix mix;

    Reception(Settings settings, Mix mix) {
        this.settings = settings;
        this.mix = mix;
    }

    /** The region and the rules that answer. Throws {@link Refused}, with what to do, if the run cannot begin. */
    Map<String, String> service() {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(settings.baseUrl.resolve("/v1/bundle")).timeout(PATIENCE);
        if (!settings.apiKey.isEmpty()) {
            request.header("X-API-Key", settings.apiKey);
        }
        try {
            HttpResponse<String> response = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new Refused("%s answers %d to GET /v1/bundle".formatted(settings.baseUrl, response.statusCode()));
            }
            return service(new ObjectMapper().readTree(response.body()));
        } catch (IOException e) {
            throw new Refused("nobody answers at %s. Start the service (README), or give another -DbaseUrl"
                    .formatted(settings.baseUrl));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("interrupted");
        }
    }

    private Map<String, String> service(JsonNode bundle) {
        String region = bundle.path("region").asText();
        if (!region.equals(mix.region())) {
            throw new Refused("the service decides for %s, the mix is for %s: give another -Dmix"
                    .formatted(region, mix.region()));
        }
        return Map.of("region", region, "revision", bundle.path("revision").asText());
    }
}
