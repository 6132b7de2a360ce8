package io.meridian.edge.core;

import io.meridian.edge.core.arbitration.Arbiter;
import io.meridian.edge.core.bundle.Candidate;
import io.meridian.edge.core.bundle.CandidateModel;
import io.meridian.edge.core.bundle.PlacementPlan;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Suppression;
import io.meridian.edge.core.eligibility.Truth;
import io.meridian.edge.core.frequency.FrequencyCap;
import io.meridian.edge.core.model.CandidateTrace.Factors;
import io.meridian.edge.core.model.Rung;
import io.meridian.edge.core.model.Verdict;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Says in a sentence what became of a candidate. Only for callers who asked: nothing here is on the way of a usual request, and
 * no sentence holds a visitor's value.
 */
final class Explainer {
    private Explainer() {}

    /** The whole placement is out, and with it every candidate. */
    static void closed(Workspace work, int placement, Verdict verdict) {
        PlacementPlan plan = work.plans[placement];
        String because;
        if (verdict == Verdict.CHANNEL_NOT_SERVED) {
            because =
                    "The placement exists in " + String.join(", ", plan.channels()) + ", not in the request's channel.";
        } else if (verdict == Verdict.PURPOSE_NOT_GRANTED) {
            because = "Neither " + plan.profilePurpose() + " nor " + plan.contextualPurpose() + " is granted.";
        } else if (verdict == Verdict.QUIET_HOURS) {
            because = "The market's quiet hours: nothing is chosen for anybody in this channel now.";
        } else {
            because = "A frequency cap of the placement is reached, or strict and could not be checked.";
        }
        Candidate[] candidates = plan.candidates();
        for (int i = 0; i < candidates.length && work.trace.takes(placement, 1); i++) {
            work.trace.out(placement, candidates[i].offer(), verdict, because, null);
        }
    }

    static void excluded(Workspace work, int placement, Candidate candidate, Verdict verdict) {
        String by = switch (verdict) {
            case SUPPRESSED, SUPPRESSION_UNKNOWN -> suppressedBy(work, candidate);
            case CAP_REACHED, CAP_UNKNOWN -> cappedBy(work, placement, candidate);
            default -> null;
        };
        String because = switch (verdict) {
            case CONDITION_FALSE -> "Its condition is false" + leaves(work, candidate, Truth.FALSE) + ".";
            case CONDITION_UNKNOWN ->
                "Its condition needs something that may not be used or could not be read"
                        + leaves(work, candidate, Truth.UNKNOWN) + ".";
            case CONDITION_ERROR ->
                "Its condition has no value, for it reads something the visitor does not have"
                        + leaves(work, candidate, Truth.ERROR) + ".";
            case OUT_OF_SCHEDULE ->
                work.now() < candidate.from()
                        ? "It starts at " + Instant.ofEpochMilli(candidate.from()) + "."
                        : "It ended at " + Instant.ofEpochMilli(candidate.until()) + ".";
            case CATEGORY_EXCLUDED ->
                "The market leaves the category " + candidate.category() + " out" + until(work.now(), candidate) + ".";
            case SUPPRESSED -> "The suppression " + by + " applies.";
            case SUPPRESSION_UNKNOWN -> "The legal suppression " + by + " could not be ruled out.";
            case CAP_REACHED -> "The frequency cap " + by + " is reached.";
            case CAP_UNKNOWN -> "The strict frequency cap " + by + " could not be checked.";
            case SELECTED, OUTRANKED, SHOWN_ELSEWHERE, PURPOSE_NOT_GRANTED, CHANNEL_NOT_SERVED, QUIET_HOURS ->
                throw new IllegalArgumentException(verdict.name());
        };
        work.trace.out(placement, candidate.offer(), verdict, because, by);
    }

    private static String until(long now, Candidate candidate) {
        long end = Long.MIN_VALUE;
        for (Candidate.Closure closure : candidate.closures()) {
            if (now >= closure.from() && now < closure.until()) {
                end = Math.max(end, closure.until());
            }
        }
        return end == Long.MAX_VALUE ? "" : " until " + Instant.ofEpochMilli(end);
    }

    static void survivor(Workspace work, int placement, Rung rung, int survivor, Verdict verdict) {
        Factors factors = factors(work, placement, rung, survivor);
        String score = String.format(Locale.ROOT, "%.6g", factors.score());
        String because = switch (verdict) {
            case SELECTED -> selected(work, placement, survivor, score);
            case OUTRANKED ->
                hasPriorityAbove(work, placement, work.priority[survivor])
                        ? "Others have a higher priority than its " + work.priority[survivor] + "; its score is "
                                + score + "."
                        : "Others score higher than its " + score + ".";
            case SHOWN_ELSEWHERE -> "It is eligible, but another placement of this page shows it already.";
            case CONDITION_FALSE,
                    CONDITION_UNKNOWN,
                    CONDITION_ERROR,
                    OUT_OF_SCHEDULE,
                    SUPPRESSED,
                    SUPPRESSION_UNKNOWN,
                    CAP_REACHED,
                    CAP_UNKNOWN,
                    PURPOSE_NOT_GRANTED,
                    CHANNEL_NOT_SERVED,
                    QUIET_HOURS,
                    CATEGORY_EXCLUDED -> throw new IllegalArgumentException(verdict.name());
        };
        work.trace.scored(placement, work.candidates[survivor].offer(), verdict, because, factors);
    }

    /** Names the priority only where it counts: where some candidate of the placement has another one. */
    private static String selected(Workspace work, int placement, int survivor, String score) {
        int priority = work.priority[survivor];
        for (int i = work.firstSurvivor[placement]; i < work.endSurvivor[placement]; i++) {
            if (!work.taken[i] && work.priority[i] != priority) {
                return "It has the highest priority of those left, " + priority
                        + ", and the highest score of that priority: " + score + ".";
            }
        }
        return "It has the highest score of those left: " + score + ".";
    }

    private static boolean hasPriorityAbove(Workspace work, int placement, int priority) {
        for (int i = work.firstSurvivor[placement]; i < work.endSurvivor[placement]; i++) {
            if (work.priority[i] > priority) {
                return true;
            }
        }
        return false;
    }

    /** All that nobody took, best first, as far as the trace takes them. */
    static void rest(Workspace work, int placement, Rung rung) {
        int from = work.firstSurvivor[placement];
        int to = work.endSurvivor[placement];
        for (int best = Arbiter.best(work.priority, work.score, work.taken, from, to);
                best >= 0 && work.trace.takes(placement, 1);
                best = Arbiter.best(work.priority, work.score, work.taken, from, to)) {
            work.taken[best] = true;
            survivor(work, placement, rung, best, Verdict.OUTRANKED);
        }
    }

    private static Factors factors(Workspace work, int placement, Rung rung, int survivor) {
        Candidate candidate = work.candidates[survivor];
        return new Factors(
                work.propensity[survivor],
                source(work, placement, rung, survivor),
                candidate.value(),
                work.context[survivor],
                candidate.lever(),
                work.score[survivor]);
    }

    private static String source(Workspace work, int placement, Rung rung, int survivor) {
        if (rung == Rung.RANKED) {
            CandidateModel model = work.batches[work.plans[placement].model()].model();
            return "model:" + model.name() + "/" + model.version();
        }
        int segment = work.priorSegment[survivor];
        return rung == Rung.SEGMENT && segment >= 0
                ? "segment:" + work.bundle.segments().at(segment).id()
                : "prior";
    }

    private static String leaves(Workspace work, Candidate candidate, byte outcome) {
        Condition condition = work.bundle.conditions().at(candidate.condition());
        String leaves = condition.why(work.facts).stream()
                .filter(leaf -> leaf.outcome() == outcome)
                .map(Condition.Leaf::text)
                .distinct()
                .limit(3)
                .collect(Collectors.joining("; "));
        return leaves.isEmpty() ? ": " + condition.text() : ": " + leaves;
    }

    private static String suppressedBy(Workspace work, Candidate candidate) {
        for (Suppression suppression : candidate.suppressions()) {
            if (suppression.excludes(work.evaluation.of(suppression.conditionIndex(), work.facts))) {
                return suppression.id();
            }
        }
        throw new IllegalStateException("nothing suppresses " + candidate.offer());
    }

    private static String cappedBy(Workspace work, int placement, Candidate candidate) {
        for (FrequencyCap cap : candidate.caps()) {
            FrequencyCap.Verdict verdict = cap.check(
                    work.exposures(placement), candidate.offer(), work.plans[placement].id(), work.nowSeconds());
            if (verdict == FrequencyCap.Verdict.REACHED || (verdict == FrequencyCap.Verdict.UNKNOWN && cap.strict())) {
                return cap.id();
            }
        }
        throw new IllegalStateException("nothing caps " + candidate.offer());
    }
}
