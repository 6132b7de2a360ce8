package io.meridian.edge.cli.lab.cases;

import io.meridian.edge.adapter.config.CaseDefinition;
import io.meridian.edge.adapter.config.CaseDefinition.Expected;
import io.meridian.edge.adapter.config.CaseDefinition.Share;
import io.meridian.edge.cli.lab.cases.CaseResult.Difference;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Decision.Item;
import io.meridian.edge.core.model.Decision.PlacementDecision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts who of many visitors is shown what, and holds that against a case's bounds. */
final class Shares {
    private static final int TOLD = 8;

    private final CaseDefinition expected;
    /** By number of the placement: visitors by what they are shown, an offer or an offer and a variant. */
    private final List<Map<String, Integer>> shown = new ArrayList<>();

    private int visitors;

    Shares(CaseDefinition expected) {
        this.expected = expected;
        expected.placements().forEach(placement -> shown.add(new HashMap<>()));
    }

    void count(Decision decision) {
        visitors++;
        for (int i = 0; i < shown.size(); i++) {
            PlacementDecision placement = decision.placements().get(i);
            for (Item item : placement.items()) {
                String offer = item.offer() == null ? "static content" : item.offer();
                shown.get(i).merge(offer, 1, Integer::sum);
                shown.get(i).merge(offer + "/" + item.variant(), 1, Integer::sum);
            }
        }
    }

    List<Difference> judge() {
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            Expected placement = expected.placements().get(i);
            Map<String, Integer> counts = shown.get(i);
            for (Share share : placement.shares()) {
                judge(placement, share, share.of().value(), counts, visitors, "", differences);
            }
            placement.variantShares().forEach((offer, shares) -> {
                int of = counts.getOrDefault(offer, 0);
                String among = " of the " + of + " shown " + offer;
                shares.forEach(share ->
                        judge(placement, share, offer + "/" + share.of().value(), counts, of, among, differences));
            });
        }
        return differences;
    }

    private static void judge(
            Expected placement,
            Share share,
            String key,
            Map<String, Integer> counts,
            int of,
            String among,
            List<Difference> differences) {
        int count = counts.getOrDefault(key, 0);
        double got = of == 0 ? 0 : (double) count / of;
        if (of == 0 || got < share.min() || got > share.max()) {
            String what = placement.placement().value() + " share of " + key;
            String bounds = percent(share.min()) + " to " + percent(share.max());
            String found = percent(got) + (among.isEmpty() ? " of " + of + " visitors" : among);
            differences.add(new Difference(share.of().where(), what, bounds, found, others(counts)));
        }
    }

    /** The offers shown most. */
    private static List<String> others(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .filter(entry -> !entry.getKey().contains("/"))
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(TOLD)
                .map(entry -> entry.getKey() + ": " + entry.getValue() + " visitors")
                .toList();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
