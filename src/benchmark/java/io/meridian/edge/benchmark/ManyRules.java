package io.meridian.edge.benchmark;

import io.meridian.edge.benchmark.rules.Rule;
import io.meridian.edge.benchmark.rules.RuleConfiguration;
import io.meridian.edge.benchmark.rules.RuleGenerator;
import io.meridian.edge.core.profile.AttributeContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Markets of 100 to 100,000 generated rules, an offer each, all of one placement; about 20 are true for a visitor of any of them. All are
 * in one configuration, so that one process with one heap decides for all of them in turn.
 */
final class ManyRules implements Workload {
    /** What the names of these markets begin with. */
    static final String PREFIX = "rules-";

    private static final int[] SIZES = {100, 1000, 10_000, 100_000};
    private static final int VISITORS = 64;

    private final Map<String, List<Rule>> rules = new LinkedHashMap<>();
    private final Map<String, List<Map<String, Object>>> visitors = new LinkedHashMap<>();

    /** @param only {@code rules-} for all markets, {@code rules-10000} for that one and the one of 100 rules, which it is compared with */
    ManyRules(String only) {
        for (int size : SIZES) {
            String market = PREFIX + size;
            if (size == SIZES[0] || only.equals(PREFIX) || only.equals(market)) {
                rules.put(market, RuleGenerator.rules(size));
                visitors.put(market, RuleGenerator.visitors(VISITORS, size));
            }
        }
        if (!only.equals(PREFIX) && !rules.containsKey(only)) {
            throw new IllegalArgumentException("no market is named " + only);
        }
    }

    @Override
    public AttributeContract write(Path config) throws IOException {
        Path sample = Path.of("edge-config");
        RuleConfiguration.write(config, sample, rules);
        // The same contract in a small configuration: compiling the large one is the service's work.
        Path small = Files.createTempDirectory("meridian-benchmark");
        try {
            RuleConfiguration.write(small, sample, Map.of(PREFIX + SIZES[0], RuleGenerator.rules(SIZES[0])));
            return RuleConfiguration.compile(small).contract();
        } finally {
            GeneratedBundle.delete(small);
        }
    }

    @Override
    public Map<String, Map<String, Object>> profiles() {
        Map<String, Map<String, Object>> profiles = new HashMap<>();
        visitors.forEach((market, all) -> {
            for (int i = 0; i < all.size(); i++) {
                profiles.put(customer(market, i), profile(all.get(i)));
            }
        });
        return profiles;
    }

    private static String customer(String market, int visitor) {
        return market + "-" + visitor;
    }

    private static Map<String, Object> profile(Map<String, Object> visitor) {
        Map<String, Object> profile = new HashMap<>();
        visitor.forEach((name, value) -> {
            if (name.startsWith("profile.")) {
                profile.put(name.substring("profile.".length()), value);
            }
        });
        return profile;
    }

    @Override
    public List<Scenario> decisions() {
        List<Scenario> all = new ArrayList<>();
        rules.forEach((market, own) -> {
            DecideRequests requests = new DecideRequests();
            List<Integer> candidates = new ArrayList<>();
            for (Map<String, Object> visitor : visitors.get(market)) {
                requests.add(
                        market,
                        customer(market, candidates.size()),
                        (String) visitor.get("context.device"),
                        attribute(visitor, "page.category") + "," + attribute(visitor, "page.line") + ","
                                + attribute(visitor, "cart.value"));
                candidates.add(
                        (int) own.stream().filter(rule -> rule.matches(visitor)).count());
            }
            String name = "full: " + own.size() + " generated rules";
            all.add(new Scenario(name, DecideRequests.PATH, requests.bodies(), candidates));
        });
        return all;
    }

    private static String attribute(Map<String, Object> visitor, String name) {
        Object value = visitor.get("context.attributes." + name);
        return "\"" + name + "\":" + (value instanceof String ? "\"" + value + "\"" : value);
    }

    /** A hundred thousand offers, and while they are read their text as well. */
    @Override
    public List<String> jvmArguments() {
        return List.of("-Xms3g", "-Xmx3g");
    }
}
