package io.meridian.edge.core;

import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.bundle.Candidate;
import io.meridian.edge.core.bundle.PlacementPlan;
import io.meridian.edge.core.bundle.SubjectModel;
import io.meridian.edge.core.calendar.MarketCalendar;
import io.meridian.edge.core.eligibility.Matches;
import io.meridian.edge.core.eligibility.Suppression;
import io.meridian.edge.core.eligibility.Truth;
import io.meridian.edge.core.frequency.FrequencyCap;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Decision.Stage;
import io.meridian.edge.core.model.Degradation;
import io.meridian.edge.core.model.Exposures;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.Verdict;
import io.meridian.edge.core.scoring.ScoringException;
import java.nio.FloatBuffer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * From facts to scored survivors: the first half of the deterministic part of a decision, which depends on nothing but (bundle,
 * request, grant, facts, now).
 *
 * <p>Each lens is looked through once: subject models and segments are worked out from what it shows, then every placement that
 * looks through it loses the candidates that may not run. Only then the candidate models run, once each for all placements.
 */
final class Deliberation {
    private static final int NO_RULE_VARIANT = -1;

    private static final double MIN_CONTEXT = 0.1;
    private static final double MAX_CONTEXT = 10;

    private final LongSupplier nanoClock;
    private final Consumer<Exception> failures;
    private final @Nullable DecisionProbe probe;

    /**
     * @param failures told of models that fail
     * @param probe shown what each placement saw; null in a service
     */
    Deliberation(LongSupplier nanoClock, Consumer<Exception> failures, @Nullable DecisionProbe probe) {
        this.nanoClock = nanoClock;
        this.failures = failures;
        this.probe = probe;
    }

    /** Fills the workspace's survivors with everything arbitration needs. */
    void deliberate(Workspace work) {
        for (int lens = 0; lens < Workspace.LENSES; lens++) {
            if (!work.lensUsed[lens]) {
                continue;
            }
            long before = nanoClock.getAsLong();
            lookThrough(work, lens);
            long between = nanoClock.getAsLong();
            for (int placement = 0; placement < work.placements; placement++) {
                if (work.lensOf(placement) == lens) {
                    boolean open = sift(work, placement, lens);
                    if (probe != null && open) {
                        probe.sifted(work.plans[placement], work.facts);
                    }
                }
            }
            work.stages[Stage.SUBJECT.ordinal()] += between - before;
            work.stages[Stage.ELIGIBLE.ordinal()] += nanoClock.getAsLong() - between;
        }
        long before = nanoClock.getAsLong();
        for (ModelBatch batch : work.batches) {
            work.degraded |= batch.run(work.budget, nanoClock, failures);
        }
        work.stages[Stage.SCORE.ordinal()] += nanoClock.getAsLong() - before;
    }

    /** Works out what this lens shows of the visitor: model scores about them, then their segments. */
    private void lookThrough(Workspace work, int lens) {
        Bundle bundle = work.bundle;
        Facts facts = work.facts;
        facts.show(work.visible[lens]);
        work.evaluation.reset();
        // The counters alone tell how often something was shown, not who the visitor is.
        work.personal[lens] = (work.profile.found() & work.visible[lens] & ~DataClass.EXPOSURE.bit()) != 0;
        for (int i = 0; i < bundle.subjectModels().size(); i++) {
            SubjectModel model = bundle.subjectModels().get(i);
            // Somebody nobody knows has no churn risk: without a stored value the score stays unknown.
            if (work.personal[lens]
                    && isAskedFor(work, lens, i)
                    && model.features().computable(facts)) {
                scoreSubject(work, model);
            } else {
                facts.setUnknown(model.slot());
            }
        }
        if (usesSegments(work, lens)) {
            bundle.segments().apply(facts, work.evaluation);
        }
    }

    /** True if a placement that looks through this lens looks at the model's score, and the model's card allows its purpose. */
    private static boolean isAskedFor(Workspace work, int lens, int model) {
        int purposes = work.bundle.subjectModels().get(model).purposes();
        for (int placement = 0; placement < work.placements; placement++) {
            PlacementPlan plan = work.plans[placement];
            if (work.lensOf(placement) == lens && plan.profilePurpose().in(purposes)) {
                for (int used : plan.subjectModels()) {
                    if (used == model) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean usesSegments(Workspace work, int lens) {
        for (int placement = 0; placement < work.placements; placement++) {
            if (work.lensOf(placement) == lens && work.plans[placement].usesSegments()) {
                return true;
            }
        }
        return false;
    }

    private void scoreSubject(Workspace work, SubjectModel model) {
        long began = nanoClock.getAsLong();
        if (!model.pace().permits(1, work.budget.scoringNanos(began), began)) {
            work.facts.setUnknown(model.slot());
            work.degraded |= Degradation.MODEL_SKIPPED.bit();
            return;
        }
        try {
            float[] row = work.subjectRow(model.features().width());
            model.features().encodeSubject(work.facts, row);
            FloatBuffer input = model.scorer().rows(1);
            input.put(row, 0, model.features().width());
            model.scorer().run(1, work.subjectScore);
            work.facts.setDouble(model.slot(), work.subjectScore[0]);
        } catch (ScoringException e) {
            failures.accept(e);
            work.facts.setUnknown(model.slot());
            work.degraded |= Degradation.MODEL_FAILED.bit();
        } finally {
            model.pace().ran(1, began, nanoClock.getAsLong());
        }
    }

    /** Keeps the candidates of a placement that may run. False if it is closed and none were looked at. */
    private static boolean sift(Workspace work, int placement, int lens) {
        PlacementPlan plan = work.plans[placement];
        work.firstSurvivor[placement] = work.survivors;
        Verdict closed = closed(work, placement, lens);
        if (closed != null) {
            if (work.trace.on()) {
                Explainer.closed(work, placement, closed);
            }
        } else {
            Matches matches = plan.index().match(work.facts, work.evaluation);
            for (int i = 0; i < matches.size(); i++) {
                consider(work, placement, lens, plan.candidates()[matches.at(i)]);
            }
            if (work.trace.on()) {
                explainOthers(work, placement, matches);
            }
        }
        work.endSurvivor[placement] = work.survivors;
        work.fallbackForbidden[placement] = isForbidden(work, plan.fallback());
        return closed == null;
    }

    /** Says why the candidates that did not match did not, in their order, as far as the trace has room beside the survivors. */
    private static void explainOthers(Workspace work, int placement, Matches matches) {
        Candidate[] candidates = work.plans[placement].candidates();
        int survivors = work.survivors - work.firstSurvivor[placement];
        int next = 0;
        for (int position = 0; position < candidates.length && work.trace.takes(placement, survivors + 1); position++) {
            if (next < matches.size() && matches.at(next) == position) {
                next++;
                continue;
            }
            Verdict out = verdict(work, placement, candidates[position]);
            if (out == null) {
                throw new IllegalStateException("the index missed " + candidates[position].offer());
            }
            Explainer.excluded(work, placement, candidates[position], out);
        }
    }

    /** Why no candidate at all may run here, null if some may. */
    private static @Nullable Verdict closed(Workspace work, int placement, int lens) {
        PlacementPlan plan = work.plans[placement];
        if (!work.servesChannel(plan)) {
            return Verdict.CHANNEL_NOT_SERVED;
        }
        if (isQuiet(work, plan)) {
            return Verdict.QUIET_HOURS;
        }
        if (!work.personal[lens] && work.grant().allowed(plan.contextualPurpose()) == 0) {
            return Verdict.PURPOSE_NOT_GRANTED;
        }
        work.placementLeft[placement] = Integer.MAX_VALUE;
        Verdict capped = capped(work, placement, plan.caps(), "");
        Exposures exposures = work.exposures(placement);
        for (FrequencyCap cap : plan.caps()) {
            if (exposures.known()) {
                int left = cap.left(exposures, "", plan.id(), work.nowSeconds());
                work.placementLeft[placement] = Math.min(work.placementLeft[placement], left);
            }
        }
        return capped;
    }

    /** Where the request names no channel, a placement is quiet if all its channels are. */
    private static boolean isQuiet(Workspace work, PlacementPlan plan) {
        MarketCalendar calendar = work.market().calendar();
        String channel = work.request().context().channel();
        if (channel != null) {
            return calendar.isQuiet(channel, work.now());
        }
        for (int i = 0; i < plan.channels().size(); i++) {
            if (!calendar.isQuiet(plan.channels().get(i), work.now())) {
                return false;
            }
        }
        return true;
    }

    /** The law binds a default as well; commerce does not. */
    private static boolean isForbidden(Workspace work, Candidate fallback) {
        for (Suppression suppression : fallback.suppressions()) {
            if (suppression.legal()
                    && suppression.excludes(work.evaluation.of(suppression.conditionIndex(), work.facts))) {
                return true;
            }
        }
        return false;
    }

    private static void consider(Workspace work, int placement, int lens, Candidate candidate) {
        Verdict out = verdict(work, placement, candidate);
        if (out != null) {
            if (work.trace.on()) {
                Explainer.excluded(work, placement, candidate, out);
            }
            return;
        }
        int survivor = work.add(candidate);
        work.rulesVariant[survivor] = variantByRule(work, candidate);
        work.context[survivor] = contextFactor(work, candidate);
        prior(work, survivor, candidate);
        int model = work.plans[placement].model();
        work.batchRow[survivor] = model < 0 || !work.personal[lens]
                ? -1
                : work.batches[model].add(lens, work.facts, candidate.row(), candidate.category());
    }

    /** Why the candidate is out, null if it is in. */
    private static @Nullable Verdict verdict(Workspace work, int placement, Candidate candidate) {
        if (candidate.condition() >= 0) {
            byte truth = work.evaluation.of(candidate.condition(), work.facts);
            if (truth != Truth.TRUE) {
                return truth == Truth.FALSE
                        ? Verdict.CONDITION_FALSE
                        : truth == Truth.UNKNOWN ? Verdict.CONDITION_UNKNOWN : Verdict.CONDITION_ERROR;
            }
        }
        long now = work.now();
        if (now < candidate.from() || now >= candidate.until()) {
            return Verdict.OUT_OF_SCHEDULE;
        }
        for (Candidate.Closure closure : candidate.closures()) {
            if (now >= closure.from() && now < closure.until()) {
                return Verdict.CATEGORY_EXCLUDED;
            }
        }
        for (Suppression suppression : candidate.suppressions()) {
            byte truth = work.evaluation.of(suppression.conditionIndex(), work.facts);
            if (suppression.excludes(truth)) {
                return truth == Truth.TRUE ? Verdict.SUPPRESSED : Verdict.SUPPRESSION_UNKNOWN;
            }
        }
        return capped(work, placement, candidate.caps(), candidate.offer());
    }

    private static @Nullable Verdict capped(Workspace work, int placement, FrequencyCap[] caps, String offer) {
        int now = work.nowSeconds();
        Exposures exposures = work.exposures(placement);
        for (FrequencyCap cap : caps) {
            switch (cap.check(exposures, offer, work.plans[placement].id(), now)) {
                case OPEN -> {}
                case REACHED -> {
                    return Verdict.CAP_REACHED;
                }
                case UNKNOWN -> {
                    if (cap.strict()) {
                        return Verdict.CAP_UNKNOWN;
                    }
                    // Where nobody is named there is nobody to count for, and nothing is less than it could be.
                    if (work.subject != null) {
                        work.degraded |= Degradation.CAP_UNKNOWN.bit();
                    }
                }
            }
        }
        return null;
    }

    private static int variantByRule(Workspace work, Candidate candidate) {
        Candidate.Variant[] variants = candidate.variants();
        for (int i = 0; i < variants.length; i++) {
            int condition = variants[i].condition();
            if (condition >= 0 && work.evaluation.of(condition, work.facts) == Truth.TRUE) {
                return i;
            }
        }
        return NO_RULE_VARIANT;
    }

    /** Of all that apply together; within bounds, as a lever is: many small ones would drown every score. */
    private static double contextFactor(Workspace work, Candidate candidate) {
        double product = 1;
        int[] conditions = candidate.factorConditions();
        for (int i = 0; i < conditions.length; i++) {
            if (work.evaluation.of(conditions[i], work.facts) == Truth.TRUE) {
                product *= candidate.factors()[i];
            }
        }
        return Math.min(MAX_CONTEXT, Math.max(MIN_CONTEXT, product));
    }

    /** The best prior among the visitor's segments, else the offer's own. */
    private static void prior(Workspace work, int survivor, Candidate candidate) {
        double best = -1;
        int from = -1;
        double[] priors = candidate.segmentPriors();
        for (int segment = 0; segment < priors.length; segment++) {
            if (priors[segment] > best
                    && isTrue(work.facts, work.bundle.segments().at(segment).slot())) {
                best = priors[segment];
                from = segment;
            }
        }
        work.prior[survivor] = from < 0 ? candidate.prior() : best;
        work.priorSegment[survivor] = from;
    }

    private static boolean isTrue(Facts facts, int slot) {
        return facts.state(slot) == Facts.PRESENT && facts.boolAt(slot);
    }
}
