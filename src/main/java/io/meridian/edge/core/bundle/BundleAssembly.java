package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.RegionDefinition;
import io.meridian.edge.core.eligibility.ConditionSet;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Sha256;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.ProfileLayout;
import io.meridian.edge.core.scoring.Feature;
import io.meridian.edge.core.scoring.ModelCard;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Puts the parts together once nothing is wrong with any of them. */
final class BundleAssembly {
    private final BundleSource source;
    private final RegionDefinition region;
    private final AttributeContract contract;
    private final Jurisdictions jurisdictions;
    private final Jurisdictions.Regime home;
    private final BundleParts parts;
    private final List<MarketCompiler> markets;

    BundleAssembly(
            BundleSource source,
            RegionDefinition region,
            AttributeContract contract,
            Jurisdictions jurisdictions,
            Jurisdictions.Regime home,
            BundleParts parts,
            List<MarketCompiler> markets) {
        this.source = source;
        this.region = region;
        this.contract = contract;
        this.jurisdictions = jurisdictions;
        this.home = home;
        this.parts = parts;
        this.markets = markets;
    }

    Bundle bundle() {
        ConditionSet conditions = parts.conditions().build();
        BitSet used = conditions.slots();
        Set<String> strings = new HashSet<>(conditions.strings());
        parts.models().cards().forEach(card -> use(card, used, strings));
        Map<String, Market> byId = new LinkedHashMap<>();
        Map<String, Market> byCountry = new HashMap<>();
        for (MarketCompiler compiler : markets) {
            Market market = compiler.finish(conditions);
            byId.put(market.id(), market);
            compiler.definition().countries().forEach(country -> byCountry.put(country.value(), market));
        }
        Located<String> defaultMarket = Objects.requireNonNull(region.defaultMarket());
        Bundle.Region compiledRegion = new Bundle.Region(
                region.id().value(),
                Objects.requireNonNull(byId.get(defaultMarket.value())),
                region.misrouted(),
                home,
                source.regions().stream().map(one -> one.id().value()).toList());
        return new Bundle(
                source.revision(),
                digest(),
                source.description(),
                compiledRegion,
                contract,
                parts.facts(),
                new ProfileLayout(contract, parts.facts(), used, strings),
                context(used),
                jurisdictions,
                conditions,
                parts.segments(),
                List.copyOf(parts.models().subjectModels()),
                List.copyOf(parts.models().candidateModels()),
                Map.copyOf(byId),
                Map.copyOf(byCountry));
    }

    private void use(ModelCard card, BitSet used, Set<String> strings) {
        for (Feature feature : card.features()) {
            int slot = parts.facts().indexOf(feature.from());
            if (slot >= 0) {
                used.set(slot);
            }
            strings.addAll(feature.values());
            if (feature.value() != null) {
                strings.add(feature.value());
            }
        }
    }

    private Bundle.ContextSlots context(BitSet used) {
        Map<String, Bundle.ContextAttributeSlot> attributes = new LinkedHashMap<>();
        for (AttributeContract.ContextAttribute attribute : contract.contextAttributes()) {
            attributes.put(
                    attribute.name(),
                    new Bundle.ContextAttributeSlot(
                            attribute, slot(used, ContractCompiler.CONTEXT_ATTRIBUTE + attribute.name())));
        }
        return new Bundle.ContextSlots(
                slot(used, ContractCompiler.CONTEXT + "market"),
                slot(used, ContractCompiler.CONTEXT + "country"),
                slot(used, ContractCompiler.CONTEXT + "subdivision"),
                slot(used, ContractCompiler.CONTEXT + "locale"),
                slot(used, ContractCompiler.CONTEXT + "channel"),
                slot(used, ContractCompiler.CONTEXT + "device"),
                slot(used, ContractCompiler.CONTEXT + "daypart"),
                slot(used, ContractCompiler.CONTEXT + "weekday"),
                slot(used, ContractCompiler.CONTEXT + "hour"),
                slot(used, ContractCompiler.CONTEXT + "holiday"),
                Map.copyOf(attributes));
    }

    private int slot(BitSet used, String name) {
        FactLayout facts = parts.facts();
        int slot = facts.indexOf(name);
        return slot >= 0 && used.get(slot) ? slot : -1;
    }

    /** Over the region's id, all files by path, then cards and graphs of the models by name: equal digests decide alike. */
    private String digest() {
        MessageDigest digest = Sha256.begin();
        line(digest, "region", region.id().value());
        for (BundleSource.SourceFile file : source.files()) {
            line(digest, file.path(), file.sha256());
        }
        parts.models().cards().stream()
                .sorted(java.util.Comparator.comparing(ModelCard::id))
                .forEach(card -> {
                    line(digest, "models/" + card.id() + "/model.yaml", card.cardSha256());
                    line(digest, "models/" + card.id() + "/" + card.file(), card.sha256());
                });
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /** A path holds no line feed and a hash has its length, so no two lists of files read alike. The region's line is always the first. */
    private static void line(MessageDigest digest, String path, String sha256) {
        digest.update((path + " " + sha256 + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
