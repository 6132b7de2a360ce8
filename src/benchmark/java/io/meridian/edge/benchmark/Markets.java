package io.meridian.edge.benchmark;

import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.profile.AttributeContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The markets of {@link BundleGenerator}, asked for by visitors who are alike.
 *
 * @param only a part of the names of the markets to ask for; empty for all
 */
record Markets(String only) implements Workload {
    @Override
    public AttributeContract write(Path config) throws IOException {
        BundleGenerator.write(config, Path.of("edge-config"));
        BundleLoader.Result.Loaded loaded = GeneratedBundle.load(config);
        loaded.models().close();
        return loaded.bundle().contract();
    }

    @Override
    public Map<String, Map<String, Object>> profiles() {
        Map<String, Map<String, Object>> profiles = new HashMap<>();
        for (int i = 0; i < Visitors.COUNT; i++) {
            profiles.put(Visitors.id(i), Visitors.profile());
        }
        return profiles;
    }

    @Override
    public List<Scenario> decisions() {
        List<Scenario> all = new ArrayList<>();
        for (int rules : BundleGenerator.RULES) {
            for (int candidates : BundleGenerator.CANDIDATES) {
                String name = "full: " + rules + " rules, " + candidates + " candidates";
                add(all, name, BundleGenerator.market(rules, candidates), candidates);
            }
        }
        add(all, "full: 1000 rules, 32 candidates of 12 categories", BundleGenerator.SHOP, 32);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no market has " + only + " in its name");
        }
        return all;
    }

    private void add(List<Scenario> all, String name, String market, int candidates) {
        if (market.contains(only)) {
            DecideRequests requests = new DecideRequests();
            for (int i = 0; i < Visitors.COUNT; i++) {
                requests.add(market, Visitors.id(i), "mobile", "\"page.category\":\"footwear\",\"cart.value\":120.5");
            }
            all.add(new Scenario(name, DecideRequests.PATH, requests.bodies(), List.of(candidates)));
        }
    }

    @Override
    public List<String> jvmArguments() {
        return List.of();
    }
}
