package io.meridian.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.core.bundle.Layer;
import io.meridian.edge.core.bundle.Origin;
import io.meridian.edge.core.bundle.Origins;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.Where;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which value counts, and who wrote it where: the options of {@code explain --origin} and what it prints. A mixin of the command. */
final class OriginsView {
    @Option(
            names = "--origin",
            description =
                    "Instead of deciding, tell every value that counts, the layer and the line it comes from, what it "
                            + "overrides, and which lock or bound is on it.")
    private boolean asked;

    @Option(names = "--market", paramLabel = "<id>", description = "With --origin: only this market.")
    private @Nullable String market;

    @Option(
            names = "--key",
            paramLabel = "<glob>",
            description =
                    "With --origin: only these keys, such as 'offers.black-week.*'; * for all. Without it, what a market or "
                            + "a region writes and what is locked.")
    private @Nullable String key;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** True if the command is to print this and nothing else. */
    boolean isAsked() {
        return asked;
    }

    /**
     * Prints the origins of a folder, and returns the exit code: {@link Commands#OK}, or {@link Commands#PROBLEMS} if nothing matched.
     *
     * @param region which region; all if null
     */
    int print(Path folder, @Nullable String region, OutputFormat format) {
        BundleSource source = BundleReader.read(folder);
        List<String> regions = source.regions().stream()
                .map(one -> one.id().value())
                .distinct()
                .toList();
        if (region != null && !regions.contains(region)) {
            throw new ParameterException(spec.commandLine(), "there is no region " + region + " in " + folder);
        }
        Map<String, List<Origin>> byRegion = new LinkedHashMap<>();
        int all = 0;
        int shown = 0;
        for (String one : region == null ? regions : List.of(region)) {
            List<Origin> found = Origins.of(source, one).stream()
                    .filter(origin -> market == null || origin.market().equals(market))
                    .toList();
            List<Origin> wanted = found.stream().filter(this::isWanted).toList();
            all += found.size();
            shown += wanted.size();
            byRegion.put(one, wanted);
        }
        spec.commandLine()
                .getOut()
                .println(
                        switch (format) {
                            case text -> text(byRegion, all - shown);
                            case json -> json(byRegion);
                        });
        spec.commandLine().getOut().flush();
        return shown > 0 ? Commands.OK : Commands.PROBLEMS;
    }

    private boolean isWanted(Origin origin) {
        if (key == null) {
            return origin.layer().compareTo(Layer.GLOBAL) > 0
                    || origin.rails().stream().anyMatch(Origin.Rail::isLock);
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + key);
        return matcher.matches(Path.of(origin.key()));
    }

    private static String text(Map<String, List<Origin>> byRegion, int leftOut) {
        StringBuilder text = new StringBuilder();
        byRegion.forEach((region, origins) -> {
            String market = "";
            for (Origin origin : origins) {
                if (!origin.market().equals(market)) {
                    market = origin.market();
                    text.append("market ")
                            .append(market)
                            .append(" in ")
                            .append(region)
                            .append('\n');
                }
                text(origin, text);
            }
        });
        if (leftOut > 0) {
            text.append(leftOut)
                    .append(leftOut == 1 ? " value is" : " values are")
                    .append(" not shown; --key '*' shows all");
        }
        return text.toString().stripTrailing();
    }

    private static void text(Origin origin, StringBuilder text) {
        text.append("  ").append(origin.key()).append(" = ").append(origin.value());
        text.append("\n      ").append(said(origin.layer(), origin.where()));
        for (Origin.Said below : origin.overrides()) {
            text.append("\n      instead of ").append(below.value()).append(", ");
            text.append(said(below.layer(), below.where()));
        }
        for (Origin.Rail rail : origin.rails()) {
            text.append("\n      ").append(rail.isLock() ? "locked" : "bound to " + rail.limit());
            text.append(", ").append(rail.where()).append(", ask ").append(rail.ask());
            text.append(rail.why().isEmpty() ? "" : " (" + rail.why() + ")");
        }
        text.append('\n');
    }

    private static String said(Layer layer, @Nullable Where where) {
        return where == null ? "built in" : layer.label() + ", " + where;
    }

    private static String json(Map<String, List<Origin>> byRegion) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        ArrayNode values = root.putArray("values");
        byRegion.forEach((region, origins) -> origins.forEach(origin -> {
            ObjectNode value = values.addObject();
            value.put("region", region).put("market", origin.market()).put("key", origin.key());
            said(value, origin.value(), origin.layer(), origin.where());
            ArrayNode overrides = value.putArray("overrides");
            origin.overrides()
                    .forEach(below -> said(overrides.addObject(), below.value(), below.layer(), below.where()));
            ArrayNode rails = value.putArray("guardrails");
            origin.rails().forEach(rail -> {
                ObjectNode one = rails.addObject();
                one.put("kind", rail.isLock() ? "lock" : "bound").put("limit", rail.limit());
                place(one, rail.where());
                one.put("ask", rail.ask()).put("why", rail.why());
            });
        }));
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void said(ObjectNode node, String value, Layer layer, @Nullable Where where) {
        node.put("value", value).put("layer", layer.label());
        place(node, where);
    }

    private static void place(ObjectNode node, @Nullable Where where) {
        if (where == null) {
            node.putNull("file").putNull("line");
        } else {
            node.put("file", where.file()).put("line", where.line());
        }
    }
}
