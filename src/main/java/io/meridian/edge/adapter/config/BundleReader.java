package io.meridian.edge.adapter.config;

import io.meridian.edge.core.bundle.definition.AttributesDefinition;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.CapDefinition;
import io.meridian.edge.core.bundle.definition.ChangesDefinition;
import io.meridian.edge.core.bundle.definition.ContentDefinition;
import io.meridian.edge.core.bundle.definition.CurrenciesDefinition;
import io.meridian.edge.core.bundle.definition.GuardrailsDefinition;
import io.meridian.edge.core.bundle.definition.JurisdictionsDefinition;
import io.meridian.edge.core.bundle.definition.LayerDefinition;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.OfferDefinition;
import io.meridian.edge.core.bundle.definition.PlacementDefinition;
import io.meridian.edge.core.bundle.definition.RegionDefinition;
import io.meridian.edge.core.bundle.definition.SegmentDefinition;
import io.meridian.edge.core.bundle.definition.SuppressionDefinition;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.model.LanguageTags;
import io.meridian.edge.core.model.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a configuration folder into definitions. Never throws for what is in the folder: mistakes become problems. */
public final class BundleReader {
    private static final String SUFFIX = ".yaml";
    private static final int MAX_DESCRIPTION = 4_000;

    private final Problems problems;
    private final ConfigFolder folder;
    private final TreeSet<String> expected = new TreeSet<>();

    private BundleReader(ConfigFolder folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    /** The whole configuration, with every problem found on the way. */
    public static BundleSource read(Path folder) {
        Problems problems = new Problems();
        return new BundleReader(ConfigFolder.open(folder, problems), problems).bundle();
    }

    /**
     * The same for files in memory.
     *
     * @param files by path relative to the configuration, with {@code /}
     */
    public static BundleSource read(SortedMap<String, byte[]> files) {
        Problems problems = new Problems();
        return new BundleReader(ConfigFolder.of(files, problems), problems).bundle();
    }

    private BundleSource bundle() {
        long revision = 0;
        String description = "";
        Fields head = required("bundle.yaml");
        if (head != null) {
            head.require("revision", "a whole number that grows with every change");
            Located<Integer> written = head.whole("revision", 1, Integer.MAX_VALUE);
            revision = written == null ? 0 : written.value();
            description = head.text("description", "");
            if (description.length() > MAX_DESCRIPTION) {
                problems.add(
                        head.where("description"),
                        "too-large",
                        "the description is too long",
                        "at most " + MAX_DESCRIPTION);
            }
            head.end();
        }
        Fields attributeFields = required("global/attributes.yaml");
        AttributesDefinition attributes = attributeFields == null
                ? new AttributesDefinition(List.of(), List.of(), List.of())
                : new ContractReader(problems).read(attributeFields);
        Fields placementFields = required("global/placements.yaml");
        List<PlacementDefinition> placements =
                placementFields == null ? List.of() : new PlacementReader(problems).read(placementFields);
        List<Located<String>> categories = new ArrayList<>();
        List<OfferDefinition> offers = List.of();
        Fields offerFields = required("global/offers.yaml");
        if (offerFields != null) {
            categories.addAll(offerFields.requiredWords("categories", Format.ID));
            offers = new OfferReader(problems).read(offerFields, true);
            offerFields.end();
        }
        Fields segmentFields = optional("global/segments.yaml");
        List<SegmentDefinition> segments =
                segmentFields == null ? List.of() : new RulesReader(problems).segments(segmentFields);
        Fields capFields = optional("global/caps.yaml");
        List<CapDefinition> caps = capFields == null ? List.of() : globalCaps(capFields);
        Fields jurisdictionFields = required("global/jurisdictions.yaml");
        JurisdictionsDefinition jurisdictions =
                jurisdictionFields == null ? null : new JurisdictionReader(problems).read(jurisdictionFields);
        Fields guardFields = optional("global/guardrails.yaml");
        GuardrailsDefinition guardrails =
                guardFields == null ? GuardrailsDefinition.NONE : new GuardrailReader(problems).read(guardFields);
        Fields currencyFields = optional("global/currencies.yaml");
        CurrenciesDefinition currencies = currencyFields == null ? null : Amounts.currencies(currencyFields, problems);
        LayerDefinition global = new LayerDefinition(offers, suppressions("global/"), content("global/content/"));
        List<MarketDefinition> markets = markets();
        List<RegionDefinition> regions = regions();
        refuseUnread();
        return new BundleSource(
                revision,
                description,
                folder.read(),
                attributes,
                placements,
                categories,
                global,
                segments,
                caps,
                jurisdictions,
                guardrails,
                currencies,
                markets,
                regions,
                problems.lost(),
                problems.all());
    }

    private List<CapDefinition> globalCaps(Fields file) {
        file.require("caps", "a list of caps");
        List<CapDefinition> caps = new RulesReader(problems).caps(file, true);
        file.end();
        return caps;
    }

    private List<MarketDefinition> markets() {
        List<MarketDefinition> markets = new ArrayList<>();
        for (String name : folder.below("markets/")) {
            if (!name.contains(".")) {
                MarketDefinition market = market("markets/" + name + "/", name);
                if (market != null) {
                    markets.add(market);
                }
            }
        }
        return markets;
    }

    private @Nullable MarketDefinition market(String path, String name) {
        Fields headFields = required(path + "market.yaml");
        MarketReader reader = new MarketReader(problems);
        MarketReader.Head head = headFields == null ? null : reader.head(headFields);
        if (head != null) {
            nameGoesWith(head.id(), name, "the folder's name");
        }
        List<OfferDefinition> offers = List.of();
        Fields offerFields = optional(path + "offers.yaml");
        if (offerFields != null) {
            offers = new OfferReader(problems).read(offerFields, false);
            offerFields.end();
        }
        ChangesDefinition changes = reader.changes(optional(path + "rules.yaml"), optional(path + "caps.yaml"), head);
        List<ContentDefinition> content = new ArrayList<>(content(path + "content/"));
        Fields contentFields = optional(path + "content.yaml");
        if (contentFields != null) {
            content.add(new ContentReader(problems).read(contentFields, null));
        }
        LayerDefinition layer = new LayerDefinition(offers, suppressions(path), content);
        return head == null
                ? null
                : new MarketDefinition(
                        head.id(),
                        head.countries(),
                        head.languages(),
                        head.languageFallbacks(),
                        head.timeZone(),
                        head.currency(),
                        head.calendar(),
                        layer,
                        changes);
    }

    private List<RegionDefinition> regions() {
        List<RegionDefinition> regions = new ArrayList<>();
        for (String name : folder.below("regions/")) {
            if (name.endsWith(SUFFIX)) {
                Fields fields = optional("regions/" + name);
                RegionDefinition region = fields == null ? null : new MarketReader(problems).region(fields);
                if (region != null) {
                    nameGoesWith(region.id(), name.substring(0, name.length() - SUFFIX.length()), "the file's name");
                    regions.add(region);
                }
            }
        }
        return regions;
    }

    private List<SuppressionDefinition> suppressions(String path) {
        Fields fields = optional(path + "suppressions.yaml");
        return fields == null ? List.of() : new RulesReader(problems).suppressions(fields);
    }

    private List<ContentDefinition> content(String path) {
        List<ContentDefinition> content = new ArrayList<>();
        for (String name : folder.below(path)) {
            String language = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
            if (!Format.LANGUAGE.matches(language)) {
                continue;
            }
            expected.add(path + LanguageTags.canonical(language) + SUFFIX);
            if (language.equals(LanguageTags.canonical(language))) {
                Fields fields = optional(path + name);
                if (fields != null) {
                    content.add(new ContentReader(problems).read(fields, language));
                }
            }
        }
        return content;
    }

    private void nameGoesWith(Located<String> id, String name, String what) {
        if (!id.value().equals(name)) {
            problems.add(
                    id.where(),
                    "wrong-file",
                    "the id '" + id.value() + "' does not go with " + what,
                    "write " + name + ", or rename it");
        }
    }

    private @Nullable Fields required(String path) {
        if (!folder.has(path)) {
            expected.add(path);
            problems.add(Where.file(path), "missing-file", "the file is missing", "");
            problems.lost(path);
            return null;
        }
        return folder.fields(path);
    }

    private @Nullable Fields optional(String path) {
        expected.add(path);
        return folder.has(path) ? folder.fields(path) : null;
    }

    /** A misspelt file name would otherwise be a file that silently does nothing. */
    private void refuseUnread() {
        for (String path : folder.unread()) {
            // Cases of `test` and requests of `explain` lie beside what they test.
            if (!ConfigFiles.isTests(path) && !ConfigFiles.isRequests(path)) {
                problems.add(
                        Where.file(path), "unknown-file", "no part of a configuration has this name", advice(path));
            }
        }
    }

    private String advice(String path) {
        String near = Nearest.of(path, expected);
        return near == null ? "" : "did you mean " + near + "?";
    }
}
