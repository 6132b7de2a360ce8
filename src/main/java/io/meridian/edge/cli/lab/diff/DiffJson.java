package io.meridian.edge.cli.lab.diff;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.adapter.config.ConfigChange;
import io.meridian.edge.adapter.config.ConfigTree.Leaf;
import io.meridian.edge.cli.lab.VisitWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A comparison for scripts: everything, and as many examples as asked for. */
public final class DiffJson {
    private DiffJson() {}

    /** @param examples how many to show at most */
    public static ObjectNode of(DiffResult result, int examples) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        DiffResult.Subject subject = result.subject();
        root.put("headline", DiffText.headline(result));
        root.putObject("a").put("name", subject.before()).put("revision", subject.revisionBefore());
        root.putObject("b").put("name", subject.after()).put("revision", subject.revisionAfter());
        root.put("sameFiles", result.sameFiles());
        root.put("visits", result.visits());
        ObjectNode leftOut = root.putObject("leftOut");
        result.leftOut().forEach((why, many) -> leftOut.put(why.key(), many));
        tally(root, result.all());
        ObjectNode kinds = root.putObject("kinds");
        result.kinds().forEach((kind, count) -> kinds.put(kind.name().toLowerCase(Locale.ROOT), count));
        root.put("otherReason", result.otherReason());
        tallies(root.putArray("markets"), result.byMarket());
        tallies(root.putArray("placements"), result.byPlacement());
        tallies(root.putArray("segments"), result.bySegment());
        ArrayNode offers = root.putArray("offers");
        result.movedOffers()
                .forEach(entry -> offers.addObject()
                        .put("offer", entry.getKey())
                        .put("before", entry.getValue().before())
                        .put("after", entry.getValue().after())
                        .put("gained", entry.getValue().gained())
                        .put("lost", entry.getValue().lost()));
        ArrayNode flows = root.putArray("flows");
        result.flows()
                .forEach(entry -> flows.addObject()
                        .put("from", entry.getKey().from())
                        .put("to", entry.getKey().to())
                        .put("decisions", entry.getValue()));
        ArrayNode causes = root.putArray("causes");
        result.causes()
                .forEach(entry -> cause(entry.getKey(), causes.addObject().put("decisions", entry.getValue())));
        ArrayNode changes = root.putArray("changes");
        result.changes()
                .forEach(
                        change -> change(change, changes.addObject().put("decisions", result.decisionsBehind(change))));
        ArrayNode shown = root.putArray("examples");
        result.examples(examples).forEach(example -> example(example, shown.addObject()));
        return root;
    }

    private static void tallies(ArrayNode into, Map<String, Tally> tallies) {
        tallies.forEach((name, tally) -> tally(into.addObject().put("name", name), tally));
    }

    private static void tally(ObjectNode into, Tally tally) {
        into.put("decisions", tally.decisions()).put("changed", tally.changed());
        into.put("percent", Math.rint(tally.percent() * 1000) / 1000);
    }

    private static void cause(Cause cause, ObjectNode into) {
        into.put("what", cause.what());
        changes(cause.changes(), into.putArray("changes"));
    }

    private static void changes(List<ConfigChange> changes, ArrayNode into) {
        changes.forEach(change -> change(change, into.addObject()));
    }

    private static void change(ConfigChange change, ObjectNode into) {
        into.put("file", change.file()).put("what", change.subject());
        side("a", change.before(), into);
        side("b", change.after(), into);
    }

    private static void side(String name, @Nullable Leaf leaf, ObjectNode into) {
        if (leaf != null) {
            ObjectNode side = into.putObject(name).put("line", leaf.where().line());
            side.put("column", leaf.where().column());
            if (!leaf.path().isEmpty()) {
                side.put("text", leaf.text());
            }
        }
    }

    private static void example(Difference example, ObjectNode into) {
        into.put("market", example.market()).put("placement", example.placement());
        into.put("kind", example.kind().name().toLowerCase(Locale.ROOT));
        into.put("a", example.before()).put("b", example.after());
        ArrayNode causes = into.putArray("causes");
        example.causes().forEach(cause -> cause(cause, causes.addObject()));
        if (example.line() > 0) {
            into.put("line", example.line());
        }
        ArrayNode segments = into.putArray("segments");
        example.segments().forEach(segments::add);
        if (example.visit() != null) {
            into.set("visit", VisitWriter.json(example.visit()));
        }
    }
}
