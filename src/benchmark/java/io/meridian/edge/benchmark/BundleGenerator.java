package io.meridian.edge.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A configuration with one market per pair of rules and candidates, so that one server can be asked for all of them in turn.
 *
 * <p>A market {@code r1000-c32} has 1,000 offers with a condition each, no two alike, of which exactly 32 are true for the
 * benchmark's visitor. Where there are fewer rules than candidates, half of the rules are true, and offers without a condition
 * make up the rest. Every candidate is of a category of its own, because the service scores candidates with equal features once; in
 * the market {@code shop} 1,000 rules and 32 candidates share twelve categories, as in a shop. The conditions that are false are so by value (three in four: another tier, category, device) or by threshold.
 * Contract and jurisdictions are those of {@code edge-config/}.
 */
final class BundleGenerator {
    static final int[] RULES = {10, 100, 1000};
    static final int[] CANDIDATES = {8, 32, 128};
    static final String PLACEMENT = "stage";
    static final String SHOP = "shop";

    private static final String[] CATEGORIES = {
        "footwear",
        "apparel",
        "outdoor",
        "electronics",
        "home",
        "beauty",
        "sports",
        "kids",
        "grocery",
        "jewellery",
        "toys",
        "travel"
    };
    private static final String[] OTHER_TIERS = {"none", "bronze", "silver", "platinum"};

    private final Path folder;

    private BundleGenerator(Path folder) {
        this.folder = folder;
    }

    /** Writes the configuration into an empty folder. */
    static void write(Path folder, Path sample) throws IOException {
        BundleGenerator generator = new BundleGenerator(folder);
        Files.createDirectories(folder.resolve("global/content"));
        Files.createDirectories(folder.resolve("regions"));
        Files.copy(sample.resolve("global/attributes.yaml"), folder.resolve("global/attributes.yaml"));
        Files.copy(sample.resolve("global/jurisdictions.yaml"), folder.resolve("global/jurisdictions.yaml"));
        generator.globals();
        for (int rules : RULES) {
            for (int candidates : CANDIDATES) {
                generator.market(market(rules, candidates), rules, candidates, true);
            }
        }
        generator.market(SHOP, 1000, 32, false);
    }

    static String market(int rules, int candidates) {
        return "r" + rules + "-c" + candidates;
    }

    private void globals() throws IOException {
        List<String> markets = new ArrayList<>();
        for (int rules : RULES) {
            for (int candidates : CANDIDATES) {
                markets.add(market(rules, candidates));
            }
        }
        markets.add(SHOP);
        List<String> categories = new ArrayList<>(List.of(CATEGORIES));
        for (int i = 0; i < CANDIDATES[CANDIDATES.length - 1]; i++) {
            categories.add("line-" + i);
        }
        file("bundle.yaml", "revision: 1\ndescription: Benchmark\n");
        file("global/placements.yaml", """
                placements:
                  - id: stage
                    description: What the benchmark asks for
                    kind: content
                    channels: [web]
                    maxItems: 1
                    ranking: { model: purchase-propensity, propensity: 1, value: 1, context: 1, lever: 1 }
                    fallback: fallback
                    static: { title: "static" }
                """);
        file("global/offers.yaml", "categories: [" + String.join(", ", categories) + """
                ]
                offers:
                  - id: fallback
                    name: Fallback
                    category: home
                    placements: []
                    value: 1
                    propensity: { base: 0.01 }
                """);
        file("global/content/en.yaml", "language: en\noffers:\n  fallback:\n    default: " + content(0) + "\n");
        file(
                "regions/eu-central.yaml",
                "id: eu-central\ncountries: [DE]\nmarkets: [" + String.join(", ", markets) + "]\n"
                        + "defaultMarket: " + markets.get(0) + "\njurisdiction: gdpr\nmisrouted: contextual\n"
                        + "models: { purchase-propensity: \"1\" }\n");
    }

    private void market(String market, int rules, int candidates, boolean ownCategories) throws IOException {
        int matching = rules >= candidates && rules > CANDIDATES[0] + 2 ? candidates : Math.min(candidates, rules / 2);
        StringBuilder offers = new StringBuilder("offers:\n");
        StringBuilder contents = new StringBuilder("language: en\noffers:\n");
        int total = rules + candidates - matching;
        int candidate = 0;
        for (int i = 0; i < total; i++) {
            // Spread the matching ones evenly over the list.
            boolean matches = i < rules && (long) i * matching / rules != (long) (i + 1) * matching / rules;
            String id = market + "-" + i;
            String category = CATEGORIES[i % CATEGORIES.length];
            if (ownCategories && (matches || i >= rules)) {
                category = "line-" + candidate++;
            }
            offers.append("  - { id: ").append(id).append(", name: Offer, category: ");
            offers.append(category).append(", placements: [stage], value: ");
            offers.append(1 + i % 40).append(", propensity: { base: 0.02 }");
            if (i < rules) {
                offers.append(", when: '")
                        .append(matches ? matching(i) : other(i))
                        .append('\'');
            }
            offers.append(" }\n");
            contents.append("  ")
                    .append(id)
                    .append(": { default: ")
                    .append(content(i))
                    .append(" }\n");
        }
        String base = "markets/" + market + "/";
        Files.createDirectories(folder.resolve(base));
        file(
                base + "market.yaml",
                "id: " + market + "\nname: Market\n"
                        + (market.equals(market(RULES[0], CANDIDATES[0])) ? "countries: [DE]\n" : "")
                        + "languages: [en]\ntimeZone: Europe/Berlin\ncurrency: EUR\n");
        file(base + "offers.yaml", offers.toString());
        file(base + "content.yaml", contents.toString());
    }

    /** True for {@link Visitors#profile()} and the benchmark's context. */
    private static String matching(int i) {
        return switch (i % 4) {
            case 0 -> "profile.tier == \"gold\" && profile.pages_30d < " + (1000 + i);
            case 1 -> "context.device == \"mobile\" && profile.searches_30d < " + (1000 + i);
            case 2 ->
                "profile.top_category in [\"footwear\", \"sports\"] && profile.spend_365d < " + (10_000 + i) + ".5";
            default -> "profile.sessions_30d > " + (1000 + i) + " || profile.cart_adds_30d < " + (1000 + i);
        };
    }

    private static String other(int i) {
        return switch (i % 8) {
            case 0, 4 -> "profile.tier == \"" + OTHER_TIERS[i / 4 % 4] + "\" && profile.pages_30d < " + (1000 + i);
            case 1, 5 -> "context.device == \"desktop\" && profile.searches_30d < " + (1000 + i);
            case 2, 6 ->
                "profile.top_category == \"" + CATEGORIES[1 + i / 4 % 5] + "\" && profile.spend_365d < " + (10_000 + i)
                        + ".5";
            case 3 -> "profile.tier == \"gold\" && profile.orders_365d > " + (1000 + i);
            default -> "profile.sessions_30d > " + (1000 + i) + " || profile.cart_adds_30d > " + (1000 + i);
        };
    }

    /** About 300 bytes of what a page shows. */
    private static String content(int i) {
        return "{ title: \"Offer number " + i + "\", body: \"" + "Text that a page shows to its visitor. ".repeat(4)
                + "\", image: \"/img/offers/" + i + ".jpg\", cta: \"Have a look\", url: \"/offers/" + i + "\" }";
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
