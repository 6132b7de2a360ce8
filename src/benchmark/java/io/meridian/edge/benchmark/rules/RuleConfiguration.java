package io.meridian.edge.benchmark.rules;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.bundle.BundleCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Generated rules as a configuration folder: in each market an offer for each of its rules, half of them in the global file. */
public final class RuleConfiguration {
    private static final String REGION = "eu-central";
    private static final String[] CATEGORIES = {"home", "footwear", "apparel", "outdoor", "electronics", "beauty"};

    private RuleConfiguration() {}

    /**
     * Writes into an empty folder.
     *
     * @param rulesByMarket at least one market; all have the placement {@code stage}, ranked by the model
     */
    public static void write(Path folder, Path sample, Map<String, List<Rule>> rulesByMarket) throws IOException {
        Files.createDirectories(folder.resolve("global/content"));
        Files.createDirectories(folder.resolve("regions"));
        Files.writeString(
                folder.resolve("global/attributes.yaml"),
                withLines(Files.readString(sample.resolve("global/attributes.yaml"))));
        Files.copy(sample.resolve("global/jurisdictions.yaml"), folder.resolve("global/jurisdictions.yaml"));
        Files.writeString(folder.resolve("bundle.yaml"), "revision: 1\ndescription: Benchmark\n");
        Files.writeString(folder.resolve("global/placements.yaml"), """
                placements:
                  - id: stage
                    kind: content
                    channels: [web]
                    maxItems: 1
                    ranking: { model: purchase-propensity, propensity: 1, value: 1, context: 1, lever: 1 }
                    fallback: fallback
                    static: { title: "static" }
                """);
        List<String> markets = List.copyOf(rulesByMarket.keySet());
        Files.writeString(
                folder.resolve("regions/" + REGION + ".yaml"),
                "id: " + REGION + "\ncountries: [DE]\nmarkets: [" + String.join(", ", markets) + "]\ndefaultMarket: "
                        + markets.get(0) + "\njurisdiction: gdpr\nmisrouted: contextual\n"
                        + "models: { purchase-propensity: \"1\" }\n");
        StringBuilder offers = new StringBuilder("categories: [" + String.join(", ", CATEGORIES) + "]\noffers:\n")
                .append("  - { id: fallback, category: home, placements: [], value: 1 }\n");
        StringBuilder contents =
                new StringBuilder("language: en\noffers:\n  fallback: { default: { title: Offer } }\n");
        for (int i = 0; i < markets.size(); i++) {
            String market = markets.get(i);
            List<Rule> rules = rulesByMarket.get(market);
            String ids = Character.toString('a' + i);
            int half = rules.size() / 2;
            offers.append(offers(ids, rules, 0, half, markets.size() == 1 ? "" : ", markets: [" + market + "]"));
            contents.append(contents(ids, 0, half));
            Path own = Files.createDirectories(folder.resolve("markets/" + market));
            Files.writeString(
                    own.resolve("market.yaml"),
                    "id: " + market + "\nname: Shop\n" + (i == 0 ? "countries: [DE]\n" : "")
                            + "languages: [en]\ntimeZone: Europe/Berlin\ncurrency: EUR\n");
            Files.writeString(own.resolve("offers.yaml"), "offers:\n" + offers(ids, rules, half, rules.size(), ""));
            Files.writeString(
                    own.resolve("content.yaml"), "language: en\noffers:\n" + contents(ids, half, rules.size()));
        }
        Files.writeString(folder.resolve("global/offers.yaml"), offers);
        Files.writeString(folder.resolve("global/content/en.yaml"), contents);
    }

    /** Reads, checks and compiles as a start does; throws if anything is refused. */
    public static Bundle compile(Path folder) {
        BundleCompiler.Outcome outcome = BundleLoader.check(BundleReader.read(folder), Path.of("models"), REGION);
        if (outcome instanceof BundleCompiler.Outcome.Compiled compiled) {
            return compiled.bundle();
        }
        throw new IllegalStateException(((BundleCompiler.Outcome.Rejected) outcome)
                .problems().stream().limit(10).toList().toString());
    }

    /** The sample's contract with the attributes about product lines. */
    private static String withLines(String contract) {
        return contract.replace("\ncontext:\n", """

                  - { name: last_line, class: behaviour, position: 12, type: string, retention: 90d, owner: web-analytics }
                  - { name: followed_lines, class: behaviour, position: 13, type: strings, retention: 90d, owner: web-analytics }
                context:
                  - { name: page.line, type: string }
                """);
    }

    private static String offers(String ids, List<Rule> rules, int from, int to, String markets) {
        StringBuilder offers = new StringBuilder();
        for (int i = from; i < to; i++) {
            offers.append("  - { id: ").append(ids).append(i);
            offers.append(", category: ").append(CATEGORIES[i % CATEGORIES.length]);
            offers.append(", placements: [stage], value: ").append(1 + i % 40).append(markets);
            offers.append(", when: '").append(rules.get(i).cel()).append("' }\n");
        }
        return offers.toString();
    }

    private static String contents(String ids, int from, int to) {
        StringBuilder content = new StringBuilder();
        for (int i = from; i < to; i++) {
            content.append("  ").append(ids).append(i).append(": { default: { title: Offer } }\n");
        }
        return content.toString();
    }
}
