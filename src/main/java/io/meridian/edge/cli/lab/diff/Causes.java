package io.meridian.edge.cli.lab.diff;

import io.meridian.edge.adapter.config.ConfigChange;
import io.meridian.edge.core.model.CandidateTrace;
import io.meridian.edge.core.model.CandidateTrace.Factors;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Decision.Item;
import io.meridian.edge.core.model.Decision.PlacementDecision;
import io.meridian.edge.core.model.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds why a placement is filled otherwise: the traces of both decisions are held against each other, offer by offer, and what differs
 * is looked up among the changes of the configuration.
 */
final class Causes {
    private static final Set<Verdict> ELIGIBLE = Set.of(Verdict.SELECTED, Verdict.OUTRANKED, Verdict.SHOWN_ELSEWHERE);

    /** What a placement says that only gives way to another of the page. */
    static final String KNOCK_ON = "another placement of the page is filled otherwise";

    private final ChangeIndex changes;
    private final Decision before;
    private final Decision after;
    private final List<Cause> causes = new ArrayList<>();

    /** Both with their traces. */
    Causes(ChangeIndex changes, Decision before, Decision after) {
        this.changes = changes;
        this.before = before;
        this.after = after;
    }

    /** Why the placement of this number is filled otherwise; at least one. */
    List<Cause> of(int placement) {
        causes.clear();
        PlacementDecision old = before.placements().get(placement);
        PlacementDecision now = after.placements().get(placement);
        Set<String> gained = offers(now);
        gained.removeAll(offers(old));
        Set<String> lost = offers(old);
        lost.removeAll(offers(now));
        gained.forEach(offer -> offer(offer, old, now));
        lost.forEach(offer -> offer(offer, old, now));
        if (causes.isEmpty()) {
            Set<String> all = offers(old);
            all.addAll(offers(now));
            all.forEach(offer -> scores(offer, trace(old, offer), trace(now, offer)));
        }
        if (causes.isEmpty()) {
            shownAlike(old, now);
        }
        if (causes.isEmpty() && givesWay(old, now)) {
            add(KNOCK_ON, List.of());
        }
        if (causes.isEmpty()) {
            placement(old, now);
        }
        return causes.stream().distinct().toList();
    }

    private static Set<String> offers(PlacementDecision placement) {
        Set<String> offers = new LinkedHashSet<>();
        for (Item item : placement.items()) {
            if (item.offer() != null) {
                offers.add(item.offer());
            }
        }
        return offers;
    }

    private void offer(String offer, PlacementDecision old, PlacementDecision now) {
        CandidateTrace left = trace(old, offer);
        CandidateTrace right = trace(now, offer);
        if (left == null && right == null) {
            return;
        }
        if (left == null || right == null) {
            String what = left == null ? " is a candidate here now" : " is no candidate here any more";
            add(offer + what, changes.ofOffer(offer, market(), region(), ChangeIndex.CANDIDACY));
            return;
        }
        boolean could = ELIGIBLE.contains(left.verdict());
        boolean can = ELIGIBLE.contains(right.verdict());
        if (could && can) {
            scores(offer, left, right);
        } else if (isClosed(left) || isClosed(right)) {
            dataUse(now.placement());
        } else if (could) {
            verdict(offer + " may not run any more: ", offer, right);
        } else if (can) {
            verdict(offer + " may run now; before: ", offer, left);
        }
    }

    private void verdict(String prefix, String offer, CandidateTrace out) {
        List<ConfigChange> found = switch (out.verdict()) {
            case CONDITION_FALSE, CONDITION_UNKNOWN, CONDITION_ERROR -> changes.ofCondition(offer, market(), region());
            case OUT_OF_SCHEDULE -> changes.ofOffer(offer, market(), region(), List.of("schedule"));
            case SUPPRESSED, SUPPRESSION_UNKNOWN ->
                changes.ofGuard("suppressions", offer, out.by(), market(), region());
            case CAP_REACHED, CAP_UNKNOWN -> changes.ofGuard("caps", offer, out.by(), market(), region());
            default -> changes.ofLayers(market(), region());
        };
        add(prefix + reason(out), found);
    }

    /** The verdict without anything of the visitor. */
    private static String reason(CandidateTrace out) {
        String by = out.by() == null ? "" : " by " + out.by();
        return switch (out.verdict()) {
            case CONDITION_FALSE -> "its condition is false";
            case CONDITION_UNKNOWN -> "its condition asks for what may not be known";
            case CONDITION_ERROR -> "its condition has no value";
            case OUT_OF_SCHEDULE -> "it is out of schedule";
            case SUPPRESSED, SUPPRESSION_UNKNOWN -> "it is suppressed" + by;
            case CAP_REACHED, CAP_UNKNOWN -> "it is capped" + by;
            default -> out.verdict().name();
        };
    }

    private void scores(String offer, @Nullable CandidateTrace left, @Nullable CandidateTrace right) {
        Factors old = left == null ? null : left.factors();
        Factors now = right == null ? null : right.factors();
        if (old == null || now == null) {
            return;
        }
        factor(offer, "value", old.value(), now.value(), List.of("value"));
        factor(offer, "lever", old.lever(), now.lever(), List.of("lever"));
        factor(offer, "context", old.context(), now.context(), List.of("context"));
        if (old.propensity() != now.propensity()) {
            String verb = now.propensity() > old.propensity()
                    ? " is expected to be taken up more"
                    : " is expected to be taken up less";
            String source = old.propensitySource().equals(now.propensitySource())
                    ? " (" + now.propensitySource() + ")"
                    : " (" + old.propensitySource() + " → " + now.propensitySource() + ")";
            add(offer + verb + source, changes.ofPropensity(offer, old, now, market(), region()));
        }
    }

    private void factor(String offer, String name, double old, double now, List<String> paths) {
        if (old != now) {
            String verb = now > old ? " scores higher: " : " scores lower: ";
            List<ConfigChange> found = changes.ofOffer(offer, market(), region(), paths);
            boolean context = name.equals("context");
            // The context factor differs from visitor to visitor, value and lever do not.
            String what = context ? "its context factor" : name + " " + plain(old) + " → " + plain(now);
            add(offer + verb + what, found);
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? Long.toString((long) number)
                : Double.toString(Math.rint(number * 1e6) / 1e6);
    }

    /** The same offers, in another order, another variant or with other words. */
    private void shownAlike(PlacementDecision old, PlacementDecision now) {
        for (Item was : old.items()) {
            for (Item is : now.items()) {
                String offer = was.offer();
                if (offer != null && offer.equals(is.offer())) {
                    if (!Objects.equals(was.variant(), is.variant())) {
                        List<String> variants = List.of(String.valueOf(was.variant()), String.valueOf(is.variant()));
                        add(offer + " shows another variant", changes.ofVariants(offer, variants, market(), region()));
                    } else if (!Arrays.equals(was.content(), is.content())) {
                        add(offer + " says something else", changes.ofContent(offer, market()));
                    }
                }
            }
        }
    }

    /** True if an offer is on the page already in one of the two decisions, and not in the other. */
    private static boolean givesWay(PlacementDecision old, PlacementDecision now) {
        Set<String> all = offers(old);
        all.addAll(offers(now));
        for (String offer : all) {
            CandidateTrace left = trace(old, offer);
            CandidateTrace right = trace(now, offer);
            boolean was = left != null && left.verdict() == Verdict.SHOWN_ELSEWHERE;
            boolean is = right != null && right.verdict() == Verdict.SHOWN_ELSEWHERE;
            if (was != is) {
                return true;
            }
        }
        return false;
    }

    private void placement(PlacementDecision old, PlacementDecision now) {
        List<ConfigChange> found = changes.ofPlacement(now.placement(), market(), region());
        if (!found.isEmpty()) {
            add(now.placement() + " is filled by other rules", found);
        } else if (before.privacy().granted() != after.privacy().granted()
                || before.privacy().personalised() != after.privacy().personalised()) {
            dataUse(now.placement());
        } else if (!changes.ofLayers(market(), region()).isEmpty()) {
            add(now.placement() + " is filled by other rules", changes.ofLayers(market(), region()));
        } else {
            add(now.placement() + " stands on another rung: " + old.reason() + " → " + now.reason(), List.of());
        }
    }

    /** True if the placement may use neither the visitor's data nor, for want of a purpose, the context. */
    private static boolean isClosed(CandidateTrace trace) {
        return trace.verdict() == Verdict.PURPOSE_NOT_GRANTED;
    }

    /** What a placement asks of the visitor decides what is read, and so which consent counts. */
    private void dataUse(String placement) {
        add(
                placement + " may use other data of the visitor than before",
                changes.ofDataUse(placement, market(), region()));
    }

    private static @Nullable CandidateTrace trace(PlacementDecision placement, String offer) {
        List<CandidateTrace> traces = placement.trace() == null ? List.of() : placement.trace();
        return traces.stream()
                .filter(trace -> trace.offer().equals(offer))
                .findFirst()
                .orElse(null);
    }

    private String market() {
        return after.market();
    }

    private String region() {
        return after.region();
    }

    private void add(String what, List<ConfigChange> found) {
        causes.add(new Cause(what, found));
    }
}
