package io.meridian.edge.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.meridian.edge.adapter.demo.DemoProfiles;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.profile.ProfileRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes generated customers in the form {@code load} reads. */
@Command(
        name = "demo-data",
        mixinStandardHelpOptions = true,
        description = "Writes generated customers, one JSON object per line, as `meridian load` reads them.")
public final class DemoDataCommand implements Callable<Integer> {
    @Option(names = "--region", defaultValue = "eu-central", description = "eu-central, us-east or ap-south.")
    private String region = "eu-central";

    @Option(names = "--count", defaultValue = "10000", description = "How many customers; 10000 if not given.")
    private int count = DemoProfiles.PER_REGION;

    @Option(names = "--seed", defaultValue = "1", description = "Another seed gives other customers.")
    private long seed = 1;

    @Option(names = "-o", required = true, paramLabel = "<ndjson>", description = "The file to write.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            write(new DemoProfiles(region, seed, count, System.currentTimeMillis()), out);
        }
        return 0;
    }

    static void write(DemoProfiles profiles, OutputStream out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.setRootValueSeparator(null);
        while (profiles.hasNext()) {
            write(profiles.next(), json);
            json.writeRaw('\n');
        }
        json.flush();
    }

    private static void write(ProfileRecord record, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("ns", record.subject().namespace());
        json.writeStringField("id", record.subject().id());
        json.writeObjectFieldStart("profile");
        for (Map.Entry<String, Object> entry : new TreeMap<>(record.values()).entrySet()) {
            json.writeFieldName(entry.getKey());
            if (entry.getValue() instanceof List<?> list) {
                json.writeStartArray();
                for (Object element : list) {
                    json.writeString((String) element);
                }
                json.writeEndArray();
            } else {
                json.writePOJO(entry.getValue());
            }
        }
        json.writeEndObject();
        StoredConsent consent = record.consent();
        if (consent != null) {
            json.writeObjectFieldStart("consent");
            write("given", consent.given(), json);
            write("explicit", consent.explicit(), json);
            write("refused", consent.refused(), json);
            json.writeStringField(
                    "updatedAt", Instant.ofEpochMilli(consent.updatedAt()).toString());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void write(String field, int purposes, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (Purpose purpose : Purpose.values()) {
            if (purpose.in(purposes)) {
                json.writeString(purpose.name());
            }
        }
        json.writeEndArray();
    }
}
