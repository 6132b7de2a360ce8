package io.meridian.edge.adapter.config;

import io.meridian.edge.core.arbitration.RankingPolicy;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.PlacementDefinition;
import io.meridian.edge.core.model.PlacementRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code global/placements.yaml}. */
final class PlacementReader {
    private static final Map<String, Boolean> KINDS = Words.either("content", "advertising");
    /** The channels there are. */
    static final Map<String, String> CHANNELS = channels();

    private final Problems problems;

    PlacementReader(Problems problems) {
        this.problems = problems;
    }

    List<PlacementDefinition> read(Fields file) {
        file.require("placements", "a list of placements");
        file.nonEmpty("placements", "without a placement there is nothing to decide");
        List<PlacementDefinition> placements = new ArrayList<>();
        for (Fields fields : file.children("placements")) {
            PlacementDefinition placement = placement(fields);
            if (placement != null) {
                placements.add(placement);
            }
        }
        file.end();
        return placements;
    }

    private @Nullable PlacementDefinition placement(Fields fields) {
        Located<String> id = fields.requiredWord("id", Format.ID);
        fields.text("description", "");
        fields.require("kind", "content or advertising");
        Boolean advertising = fields.choice("kind", KINDS);
        fields.require("channels", "a list of " + String.join(", ", CHANNELS.keySet()));
        fields.nonEmpty("channels", "a placement exists in at least one of " + String.join(", ", CHANNELS.keySet()));
        List<String> channels = new ArrayList<>();
        for (YamlNode item : fields.list("channels")) {
            String channel = fields.choice(item, CHANNELS);
            if (channel != null) {
                channels.add(channel);
            }
        }
        fields.require("maxItems", "1 to " + PlacementRequest.MAX_COUNT);
        Located<Integer> maxItems = fields.whole("maxItems", 1, PlacementRequest.MAX_COUNT);
        Located<String> model = null;
        RankingPolicy ranking = RankingPolicy.PLAIN;
        Fields rankingFields = fields.child("ranking");
        if (rankingFields != null) {
            model = rankingFields.word("model", Format.ID);
            ranking = new RankingPolicy(
                    exponent(rankingFields, "propensity"),
                    exponent(rankingFields, "value"),
                    exponent(rankingFields, "context"),
                    exponent(rankingFields, "lever"));
            rankingFields.end();
        }
        List<Located<String>> caps = fields.words("caps", Format.ID);
        Located<String> fallback = fields.requiredWord("fallback", Format.ID);
        fields.require("static", "a mapping that is answered when all else fails");
        byte[] staticContent = Json.object(fields.node("static"), problems);
        fields.end();
        if (id == null) {
            return null;
        }
        return new PlacementDefinition(
                id,
                advertising != null && advertising,
                channels,
                maxItems == null ? new Located<>(1, fields.where("maxItems")) : maxItems,
                ranking,
                model,
                caps,
                fallback,
                staticContent == null ? "{}".getBytes(StandardCharsets.UTF_8) : staticContent);
    }

    private static double exponent(Fields fields, String key) {
        Located<Double> exponent = fields.number(key, 0, RankingPolicy.MAX_EXPONENT);
        return exponent == null ? 1 : exponent.value();
    }

    private static Map<String, String> channels() {
        Map<String, String> channels = new LinkedHashMap<>();
        List.of("web", "app", "email", "kiosk").forEach(channel -> channels.put(channel, channel));
        return channels;
    }
}
