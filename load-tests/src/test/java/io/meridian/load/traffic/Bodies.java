package io.meridian.load.traffic;

import io.meridian.load.traffic.Call.Visitor;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/** The JSON of calls. Nothing in it needs escaping: ids, codes and consent strings. */
final class Bodies {
    /** Ids of events are counted once: those of another run are others. */
    private final String run = UUID.randomUUID().toString();

    private final Mix mix;
    private final SplittableRandom random;
    private long events;

    Bodies(Mix mix, SplittableRandom random) {
        this.mix = mix;
        this.random = random;
    }

    /**
     * @param homeRegion empty to say none
     */
    String decide(Visitor visitor, List<Mix.Asked> asked, String homeRegion) {
        StringBuilder json = new StringBuilder(768).append("{\"placements\":[");
        for (int i = 0; i < asked.size(); i++) {
            json.append(i == 0 ? "{\"id\":\"" : ",{\"id\":\"")
                    .append(asked.get(i).placement())
                    .append("\",\"count\":")
                    .append(asked.get(i).count())
                    .append('}');
        }
        json.append("],\"context\":{");
        text(json, "country", visitor.country());
        text(json.append(','), "channel", visitor.channel());
        text(json.append(','), "device", visitor.device());
        json.append(",\"attributes\":{");
        text(json, "page.category", category());
        if (random.nextInt(3) == 0) {
            json.append(String.format(Locale.ROOT, ",\"cart.value\":%.2f", 5 + random.nextDouble() * 295));
        }
        json.append("}}");
        if (!visitor.subject().isEmpty()) {
            json.append(",\"subject\":{\"ids\":[");
            subject(json, visitor.subject());
            json.append(']');
            if (!homeRegion.isEmpty()) {
                text(json.append(','), "homeRegion", homeRegion);
            }
            json.append('}');
        }
        consent(json, visitor.tcf());
        return json.append('}').toString();
    }

    String evaluation(Visitor visitor) {
        StringBuilder json = new StringBuilder(384).append("{\"context\":{");
        text(json, "targetingKey", visitor.subject());
        text(json.append(','), "country", visitor.country());
        text(json.append(','), "channel", visitor.channel());
        text(json.append(','), "device", visitor.device());
        text(json.append(','), "tcf", visitor.tcf());
        return json.append("}}").toString();
    }

    void event(StringBuilder json, Memory.Shown shown, boolean first) {
        json.append(first ? "{" : ",{");
        text(json, "specversion", "1.0");
        text(json.append(','), "id", run + '-' + ++events);
        text(json.append(','), "source", "/load-tests");
        text(json.append(','), "type", "io.meridian.impression");
        text(json.append(','), "time", Instant.now().toString());
        json.append(",\"data\":{\"subject\":");
        subject(json, shown.subject());
        text(json.append(','), "placement", shown.placement());
        text(json.append(','), "offer", shown.offer());
        text(json.append(','), "variant", shown.variant());
        text(json.append(','), "token", shown.token());
        text(json.append(','), "country", shown.country());
        consent(json, shown.tcf());
        json.append("}}");
    }

    String profile(Visitor visitor) {
        StringBuilder json = new StringBuilder(256).append("{\"profile\":{\"sessions_7d\":");
        int sessions = 1 + random.nextInt(9);
        json.append(sessions).append(",\"pages_30d\":").append(sessions * (2 + random.nextInt(8)));
        text(json.append(','), "viewed_category", category());
        text(json.append("},"), "country", visitor.country());
        consent(json, visitor.tcf());
        return json.append('}').toString();
    }

    String consent(Visitor visitor) {
        String said = random.nextInt(5) == 0
                ? "\"refused\":[\"BUILD_PROFILE\",\"SELECT_CONTENT\"]"
                : "\"given\":[\"BUILD_PROFILE\",\"SELECT_CONTENT\",\"MEASURE\"]";
        return "{" + said + ",\"country\":\"" + visitor.country() + "\"}";
    }

    String category() {
        return mix.categories.get(random.nextInt(mix.categories.size()));
    }

    private void subject(StringBuilder json, String id) {
        text(json.append('{'), "ns", mix.namespace);
        text(json.append(','), "id", id);
        json.append('}');
    }

    private static void consent(StringBuilder json, String tcf) {
        if (!tcf.isEmpty()) {
            text(json.append(",\"consent\":{"), "tcf", tcf);
            json.append('}');
        }
    }

    private static void text(StringBuilder json, String name, String value) {
        json.append('"').append(name).append("\":\"").append(value).append('"');
    }
}
