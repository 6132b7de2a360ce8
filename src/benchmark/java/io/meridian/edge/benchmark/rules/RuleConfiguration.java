package io.meridian.edge.benchmark.rules;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.bundle.BundleCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Generated rules as a configuration folder: an offer each, half of them global and half of the one market. */
public final class RuleConfiguration {
    private static final String REGION = "eu-central";

    private RuleConfiguration() {}

    /** Writes into an empty folder. */
    public static void write(Path folder, Path sample, List<Rule> rules) throws IOException {
        Files.createDirectories(folder.resolve("global/content"));
        Files.createDirectories(folder.resolve("regions"));
        Files.createDirectories(folder.resolve("markets/shop"));
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
                    fallback: fallback
                    static: { title: "static" }
                """);
        Files.writeString(
                folder.resolve("regions/" + REGION + ".yaml"),
                "id: eu-central\ncountries: [DE]\nmarkets: [shop]\ndefaultMarket: shop\njurisdiction: gdpr\n"
                        + "misrouted: contextual\n");
        Files.writeString(
                folder.resolve("markets/shop/market.yaml"),
                "id: shop\nname: Shop\ncountries: [DE]\nlanguages: [en]\ntimeZone: Europe/Berlin\ncurrency: EUR\n");
        int half = rules.size() / 2;
        String fallback = "  - { id: fallback, category: home, placements: [], value: 1 }\n";
        Files.writeString(
                folder.resolve("global/offers.yaml"),
                "categories: [home]\noffers:\n" + fallback + offers(rules, 0, half));
        Files.writeString(
                folder.resolve("global/content/en.yaml"),
                "language: en\noffers:\n  fallback: { default: { title: Offer } }\n" + content(0, half));
        Files.writeString(folder.resolve("markets/shop/offers.yaml"), "offers:\n" + offers(rules, half, rules.size()));
        Files.writeString(
                folder.resolve("markets/shop/content.yaml"), "language: en\noffers:\n" + content(half, rules.size()));
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

    private static String offers(List<Rule> rules, int from, int to) {
        StringBuilder offers = new StringBuilder();
        for (int i = from; i < to; i++) {
            offers.append("  - { id: o").append(i).append(", category: home, placements: [stage], value: ");
            offers.append(1 + i % 40)
                    .append(", when: '")
                    .append(rules.get(i).cel())
                    .append("' }\n");
        }
        return offers.toString();
    }

    private static String content(int from, int to) {
        StringBuilder content = new StringBuilder();
        for (int i = from; i < to; i++) {
            content.append("  o").append(i).append(": { default: { title: Offer } }\n");
        }
        return content.toString();
    }
}
