package io.meridian.edge.cli.lab.diff;

import io.meridian.edge.adapter.config.ConfigChange;
import io.meridian.edge.cli.lab.Configuration;
import io.meridian.edge.cli.lab.Explanation;
import io.meridian.edge.cli.lab.OfflineRegion;
import io.meridian.edge.cli.lab.Regions;
import io.meridian.edge.cli.lab.Visit;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.eligibility.Segment;
import io.meridian.edge.core.model.Answer;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Decision.Item;
import io.meridian.edge.core.model.Decision.PlacementDecision;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Has two configurations decide the same visits. Nearly all decisions are made once by each; only those that differ are made again with
 * their traces, to find out why.
 */
public final class Comparison {
    private static final String NOTHING = "(nothing)";
    private static final String STATIC = "(static content)";

    private final ChangeIndex changes;
    private final DiffResult result;
    private final boolean showVisits;

    /**
     * @param visits where they come from, for people
     * @param showVisits whether examples show all of the visit: not of visits that were recorded, unless somebody asked for it
     */
    public Comparison(Regions before, Regions after, String visits, boolean showVisits) {
        this.showVisits = showVisits;
        Configuration a = before.configuration();
        Configuration b = after.configuration();
        this.changes = new ChangeIndex(a.tree(), b.tree());
        this.result = new DiffResult(
                new DiffResult.Subject(
                        a.name(), a.source().revision(), b.name(), b.source().revision(), visits),
                sameFiles(a, b),
                changes.all());
    }

    private static boolean sameFiles(Configuration a, Configuration b) {
        return a.files().keySet().equals(b.files().keySet())
                && a.files().keySet().stream()
                        .allMatch(path ->
                                Arrays.equals(a.files().get(path), b.files().get(path)));
    }

    /** What was counted so far. */
    public DiffResult result() {
        return result;
    }

    /**
     * Decides a visit twice and counts what differs.
     *
     * @param old which region is asked before
     * @param now which one after
     * @param line of the file of visits, from 1; 0 for a visit that was made up
     */
    public void compare(Visit visit, OfflineRegion old, OfflineRegion now, long line) {
        Map<String, Set<String>> segments = new TreeMap<>();
        Answer left = old.decide(visit, (plan, facts) -> {
            if (plan.usesSegments()) {
                segments(old.bundle(), facts, segments, plan.id());
            }
        });
        Answer right = now.decide(visit);
        result.visit();
        if (left instanceof Decision a && right instanceof Decision b) {
            decisions(new Asked(visit, line, old, now, segments), a, b);
        } else if (left instanceof Refusal && right instanceof Refusal) {
            result.leftOut(LeftOut.REFUSED_BY_BOTH, 1);
        } else {
            refused(visit, line, left, right);
        }
    }

    private static void segments(Bundle bundle, Facts facts, Map<String, Set<String>> into, String placement) {
        Set<String> of = into.computeIfAbsent(placement, key -> new TreeSet<>());
        for (int i = 0; i < bundle.segments().size(); i++) {
            Segment segment = bundle.segments().at(i);
            if (facts.state(segment.slot()) == Facts.PRESENT && facts.boolAt(segment.slot())) {
                of.add(segment.id());
            }
        }
    }

    /** A visit, who decides it, and the segments that its placements may know. */
    private record Asked(
            Visit visit, long line, OfflineRegion old, OfflineRegion now, Map<String, Set<String>> segments) {
        Set<String> segmentsAt(String placement) {
            return segments.getOrDefault(placement, Set.of());
        }
    }

    private void decisions(Asked asked, Decision a, Decision b) {
        List<Integer> differing = new ArrayList<>();
        for (int i = 0; i < a.placements().size(); i++) {
            PlacementDecision left = a.placements().get(i);
            PlacementDecision right = b.placements().get(i);
            boolean differs = kind(left, right) != null;
            result.decision(a.market(), left.placement(), asked.segmentsAt(left.placement()), differs);
            result.shown(offers(left), offers(right));
            if (differs) {
                flows(left, right);
                differing.add(i);
            } else if (left.reason() != right.reason()) {
                result.reasonOnly();
            }
        }
        if (!differing.isEmpty()) {
            explain(asked, a, b, differing);
        }
    }

    private void explain(Asked asked, Decision a, Decision b, List<Integer> differing) {
        Visit explained = asked.visit().explained();
        Causes causes = new Causes(changes, (Decision) asked.old().decide(explained), (Decision)
                asked.now().decide(explained));
        List<List<Cause>> found = differing.stream().map(causes::of).toList();
        List<ConfigChange> behindAll = found.stream()
                .flatMap(List::stream)
                .flatMap(cause -> cause.changes().stream())
                .distinct()
                .toList();
        for (int i = 0; i < differing.size(); i++) {
            PlacementDecision left = a.placements().get(differing.get(i));
            PlacementDecision right = b.placements().get(differing.get(i));
            List<Cause> of = found.get(i).stream()
                    .map(cause -> cause.what().equals(Causes.KNOCK_ON) ? new Cause(cause.what(), behindAll) : cause)
                    .toList();
            result.difference(new Difference(
                    a.market(),
                    left.placement(),
                    Objects.requireNonNull(kind(left, right)),
                    Explanation.shown(left),
                    Explanation.shown(right),
                    of,
                    List.copyOf(asked.segmentsAt(left.placement())),
                    asked.line(),
                    shown(asked.visit())));
        }
    }

    private @Nullable Visit shown(Visit visit) {
        return showVisits ? visit : null;
    }

    /** Null if the same is shown. */
    private static Difference.@Nullable Kind kind(PlacementDecision left, PlacementDecision right) {
        Difference.Kind kind = null;
        if (left.items().size() != right.items().size()) {
            return Difference.Kind.OFFER;
        }
        for (int i = 0; i < left.items().size(); i++) {
            Item was = left.items().get(i);
            Item is = right.items().get(i);
            if (!Objects.equals(was.offer(), is.offer())) {
                return Difference.Kind.OFFER;
            }
            if (!Objects.equals(was.variant(), is.variant())) {
                kind = Difference.Kind.VARIANT;
            } else if (kind == null && !Arrays.equals(was.content(), is.content())) {
                kind = Difference.Kind.CONTENT;
            }
        }
        return kind;
    }

    private static Set<String> offers(PlacementDecision placement) {
        Set<String> offers = new LinkedHashSet<>();
        placement.items().forEach(item -> offers.add(item.offer() == null ? STATIC : item.offer()));
        return offers;
    }

    /** What goes is paired with what comes, in the order shown; a change of variant or words flows from an offer to itself. */
    private void flows(PlacementDecision left, PlacementDecision right) {
        List<String> lost = new ArrayList<>(offers(left));
        List<String> gained = new ArrayList<>(offers(right));
        lost.removeAll(offers(right));
        gained.removeAll(offers(left));
        if (lost.isEmpty() && gained.isEmpty()) {
            return;
        }
        for (int i = 0; i < Math.max(lost.size(), gained.size()); i++) {
            result.flow(i < lost.size() ? lost.get(i) : NOTHING, i < gained.size() ? gained.get(i) : NOTHING);
        }
    }

    private void refused(Visit visit, long line, Answer left, Answer right) {
        String market = String.valueOf(visit.request().context().market());
        visit.request().placements().forEach(asked -> {
            result.decision(market, asked.id(), Set.of(), true);
            String a = told(left);
            String b = told(right);
            Cause cause = new Cause("the request is " + (right instanceof Refusal ? b : a + " no more"), List.of());
            result.difference(new Difference(
                    market, asked.id(), Difference.Kind.REFUSED, a, b, List.of(cause), List.of(), line, shown(visit)));
        });
    }

    private static String told(Answer answer) {
        return answer instanceof Refusal refusal ? "refused: " + refusal.kind() : "decided";
    }
}
