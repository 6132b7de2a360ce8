package io.meridian.edge.cli.lab.diff;

import io.meridian.edge.adapter.config.ConfigChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What two configurations decide otherwise, counted. */
public final class DiffResult {
    /** Stands for whoever is in no segment that may be known. */
    static final String NO_SEGMENT = "(none known)";

    /** Examples that are kept of one cause. */
    private static final int EXAMPLES_OF_A_CAUSE = 40;

    /** From what is shown before to what is shown after. */
    record Flow(String from, String to) {}

    /**
     * What was compared.
     *
     * @param before the one configuration, as it was named
     * @param revisionBefore its revision
     * @param after the other
     * @param revisionAfter its revision
     * @param visits where they come from, for people
     */
    public record Subject(String before, long revisionBefore, String after, long revisionAfter, String visits) {}

    private final Subject subject;
    private final boolean sameFiles;
    private final List<ConfigChange> changes;
    private final Tally all = new Tally();
    private final Map<String, Tally> byMarket = new TreeMap<>();
    private final Map<String, Tally> byPlacement = new TreeMap<>();
    private final Map<String, Tally> bySegment = new TreeMap<>();
    private final Map<String, OfferTally> offers = new TreeMap<>();
    private final Map<Flow, Integer> flows = new LinkedHashMap<>();
    private final Map<Difference.Kind, Integer> kinds = new TreeMap<>();
    private final Map<Cause, Integer> causes = new LinkedHashMap<>();
    private final Map<ConfigChange, Integer> behind = new HashMap<>();
    private final Map<Cause, List<Difference>> examples = new LinkedHashMap<>();
    private final Map<LeftOut, Integer> leftOut = new EnumMap<>(LeftOut.class);
    private int visits;
    private int otherReason;

    DiffResult(Subject subject, boolean sameFiles, List<ConfigChange> changes) {
        this.subject = subject;
        this.sameFiles = sameFiles;
        this.changes = changes;
    }

    void visit() {
        visits++;
    }

    void decision(String market, String placement, Collection<String> segments, boolean changes) {
        all.count(changes);
        byMarket.computeIfAbsent(market, key -> new Tally()).count(changes);
        byPlacement.computeIfAbsent(placement, key -> new Tally()).count(changes);
        for (String segment : segments.isEmpty() ? List.of(NO_SEGMENT) : segments) {
            bySegment.computeIfAbsent(segment, key -> new Tally()).count(changes);
        }
    }

    /** The same is shown for another reason of the ladder. */
    void reasonOnly() {
        otherReason++;
    }

    void shown(Set<String> before, Set<String> after) {
        Set<String> both = new LinkedHashSet<>(before);
        both.addAll(after);
        both.forEach(offer -> offers.computeIfAbsent(offer, key -> new OfferTally())
                .count(before.contains(offer), after.contains(offer)));
    }

    void flow(String from, String to) {
        flows.merge(new Flow(from, to), 1, Integer::sum);
    }

    void difference(Difference difference) {
        kinds.merge(difference.kind(), 1, Integer::sum);
        difference.causes().stream()
                .flatMap(cause -> cause.changes().stream())
                .distinct()
                .forEach(change -> behind.merge(change, 1, Integer::sum));
        for (Cause cause : difference.causes()) {
            causes.merge(cause, 1, Integer::sum);
            List<Difference> of = examples.computeIfAbsent(cause, key -> new ArrayList<>());
            if (of.size() < EXAMPLES_OF_A_CAUSE) {
                of.add(difference);
            }
        }
    }

    /** So many visits are not compared. */
    public void leftOut(LeftOut why, int many) {
        if (many > 0) {
            leftOut.merge(why, many, Integer::sum);
        }
    }

    Map<LeftOut, Integer> leftOut() {
        return leftOut;
    }

    /** How many placements both configurations were asked to fill, refused requests of one of them included. */
    public long decisions() {
        return all.decisions();
    }

    Subject subject() {
        return subject;
    }

    /** True if the configurations are the same, byte by byte. */
    boolean sameFiles() {
        return sameFiles;
    }

    List<ConfigChange> changes() {
        return changes;
    }

    int visits() {
        return visits;
    }

    Tally all() {
        return all;
    }

    /** Of all decisions, how many change: 0 to 100. */
    public double percent() {
        return all.percent();
    }

    Map<String, Tally> byMarket() {
        return byMarket;
    }

    Map<String, Tally> byPlacement() {
        return byPlacement;
    }

    Map<String, Tally> bySegment() {
        return bySegment;
    }

    int otherReason() {
        return otherReason;
    }

    Map<Difference.Kind, Integer> kinds() {
        return kinds;
    }

    /** Offers that come or go, those that move most first. */
    List<Map.Entry<String, OfferTally>> movedOffers() {
        return offers.entrySet().stream()
                .filter(entry -> entry.getValue().gained() + entry.getValue().lost() > 0)
                .sorted(Comparator.comparingLong((Map.Entry<String, OfferTally> entry) ->
                                -(entry.getValue().gained() + entry.getValue().lost()))
                        .thenComparing(Map.Entry::getKey))
                .toList();
    }

    /** The widest first. */
    List<Map.Entry<Flow, Integer>> flows() {
        return flows.entrySet().stream()
                .sorted(Map.Entry.<Flow, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry ->
                                entry.getKey().from() + " " + entry.getKey().to()))
                .toList();
    }

    /** Those behind most decisions first. */
    List<Map.Entry<Cause, Integer>> causes() {
        return causes.entrySet().stream()
                .sorted(Map.Entry.<Cause, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> entry.getKey().what()))
                .toList();
    }

    /** In how many changed decisions a change of the configuration plays a part. */
    int decisionsBehind(ConfigChange change) {
        return behind.getOrDefault(change, 0);
    }

    /** So many examples, of as many causes as possible: the first of each, then the second… */
    List<Difference> examples(int most) {
        Set<Difference> chosen = new LinkedHashSet<>();
        List<Map.Entry<Cause, Integer>> ordered = causes();
        for (int round = 0; round < EXAMPLES_OF_A_CAUSE && chosen.size() < most; round++) {
            for (Map.Entry<Cause, Integer> cause : ordered) {
                List<Difference> of = examples.getOrDefault(cause.getKey(), List.of());
                if (round < of.size() && chosen.size() < most) {
                    chosen.add(of.get(round));
                }
            }
        }
        return List.copyOf(chosen);
    }
}
