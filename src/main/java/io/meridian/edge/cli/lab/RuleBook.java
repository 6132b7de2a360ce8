package io.meridian.edge.cli.lab;

import io.meridian.edge.adapter.config.ConfigTree;
import io.meridian.edge.adapter.config.ConfigTree.Item;
import io.meridian.edge.adapter.config.ConfigTree.Leaf;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.model.CandidateTrace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the rules behind a decision are written: in the global layer, in a market, in a region. */
public final class RuleBook {
    private static final String OFFERS = "offers";
    private static final String RULES = "rules";

    /**
     * A rule behind a verdict.
     *
     * @param what for people: {@code offer}, {@code rule of this market}, {@code suppression credit-minors}…
     * @param where its condition, or the whole of it if it has none
     * @param text its condition; empty if it has none
     */
    public record Cited(String what, Where where, String text) {}

    private final Map<String, List<Item>> byName = new HashMap<>();

    public RuleBook(ConfigTree tree) {
        for (Item item : tree.items()) {
            byName.computeIfAbsent(item.list() + "\n" + item.id(), key -> new ArrayList<>())
                    .add(item);
        }
    }

    /** The items of this list and id that count in a market of a region, the global layer's first. */
    public List<Item> find(String list, String id, String market, String region) {
        return byName.getOrDefault(list + "\n" + id, List.of()).stream()
                .filter(item -> isOf(item.file(), market, region))
                .toList();
    }

    /** Every item of a list, in every layer. */
    public List<Item> all(String list) {
        return byName.values().stream()
                .flatMap(List::stream)
                .filter(item -> item.list().equals(list))
                .toList();
    }

    /** True if a file counts in a market of a region. */
    public static boolean isOf(String file, String market, String region) {
        return file.startsWith("global/")
                || file.startsWith("markets/" + market + "/")
                || file.equals("regions/" + region + ".yaml")
                || file.startsWith("regions/" + region + "/");
    }

    /** What stands behind a candidate's verdict: its own condition, what a market or region adds, and what took it out. */
    public List<Cited> behind(CandidateTrace trace, String market, String region) {
        List<Cited> cited = new ArrayList<>();
        for (Item offer : find(OFFERS, trace.offer(), market, region)) {
            cited.add(cited("offer", offer));
        }
        for (Item rule : find(RULES, trace.offer(), market, region)) {
            cited.add(cited(rule.file().startsWith("markets/") ? "rule of the market" : "rule", rule));
        }
        String by = trace.by();
        if (by != null) {
            find("suppressions", by, market, region).forEach(item -> cited.add(cited("suppression " + by, item)));
            find("caps", by, market, region).forEach(item -> cited.add(cited("cap " + by, item)));
        }
        return cited;
    }

    private static Cited cited(String what, Item item) {
        Leaf when = item.leaves().get("when");
        return when == null
                ? new Cited(what, item.where(), "")
                : new Cited(what, when.where(), when.text().strip());
    }

    /** {@code file:line:column}. */
    public static String place(Where where) {
        return where.line() == 0 ? where.file() : where.file() + ":" + where.line() + ":" + where.column();
    }
}
