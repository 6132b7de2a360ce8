package io.meridian.edge.core;

import io.meridian.edge.core.arbitration.Arbiter;
import io.meridian.edge.core.arbitration.RankingPolicy;
import io.meridian.edge.core.bundle.Candidate;
import io.meridian.edge.core.bundle.PlacementPlan;
import io.meridian.edge.core.experiment.Bucketing;
import io.meridian.edge.core.model.Decision.Item;
import io.meridian.edge.core.model.Decision.PlacementDecision;
import io.meridian.edge.core.model.Degradation;
import io.meridian.edge.core.model.Rung;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.model.Verdict;
import io.meridian.edge.core.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From scored survivors to what is shown: the second half of the deterministic part. Placements are served in the order
 * asked for, and no offer is shown twice on a page.
 */
final class Arbitration {
    private Arbitration() {}

    static PlacementDecision arbitrate(Workspace work, int placement) {
        PlacementPlan plan = work.plans[placement];
        int from = work.firstSurvivor[placement];
        int to = work.endSurvivor[placement];
        Rung rung = rung(work, placement, from, to);
        score(work, plan, rung, from, to);
        for (int i = from; i < to; i++) {
            work.taken[i] = work.isShown(work.candidates[i].ordinal());
            if (work.taken[i] && work.trace.on()) {
                Explainer.survivor(work, placement, rung, i, Verdict.SHOWN_ELSEWHERE);
            }
        }
        int wanted = Math.min(Math.min(work.counts[placement], plan.maxItems()), work.placementLeft[placement]);
        List<Item> items = new ArrayList<>(wanted);
        boolean drawn = false;
        while (items.size() < wanted) {
            int best = Arbiter.best(work.priority, work.score, work.taken, from, to);
            if (best < 0) {
                break;
            }
            work.taken[best] = true;
            if (work.trace.on()) {
                Explainer.survivor(work, placement, rung, best, Verdict.SELECTED);
            }
            Candidate candidate = work.candidates[best];
            work.markShown(candidate.ordinal());
            int variant = work.rulesVariant[best];
            double probability = 1;
            if (variant < 0) {
                variant = draw(work, placement, candidate);
                probability = probability(work, placement, candidate, variant);
                drawn |= probability < 1;
            }
            items.add(item(work, candidate, variant, work.propensity[best], probability));
        }
        if (work.trace.on()) {
            Explainer.rest(work, placement, rung);
        }
        if (items.isEmpty()) {
            return fallBack(work, placement);
        }
        return decision(work, placement, rung, drawn, items);
    }

    /** The best rung that this placement's survivors can stand on. */
    private static Rung rung(Workspace work, int placement, int from, int to) {
        int lens = work.lensOf(placement);
        if (!work.personal[lens]) {
            return Rung.CONTEXTUAL;
        }
        int model = work.plans[placement].model();
        if (model >= 0) {
            ModelBatch batch = work.batches[model];
            double highest = -1;
            boolean all = from < to;
            for (int i = from; i < to; i++) {
                all &= batch.has(work.batchRow[i]);
                if (batch.has(work.batchRow[i])) {
                    highest = Math.max(highest, batch.score(work.batchRow[i]));
                }
            }
            // Candidates are compared with each other: predicted for some and assumed for others would compare apples
            // with pears.
            if (all) {
                if (highest >= batch.model().confidenceThreshold()) {
                    return Rung.RANKED;
                }
                work.degraded |= Degradation.MODEL_NOT_CONFIDENT.bit();
            }
        }
        for (int i = from; i < to; i++) {
            if (work.priorSegment[i] >= 0) {
                return Rung.SEGMENT;
            }
        }
        return Rung.CONTEXTUAL;
    }

    private static void score(Workspace work, PlacementPlan plan, Rung rung, int from, int to) {
        RankingPolicy ranking = plan.ranking();
        for (int i = from; i < to; i++) {
            Candidate candidate = work.candidates[i];
            work.propensity[i] = propensity(work, plan, rung, i);
            work.score[i] = ranking.score(work.propensity[i], candidate.value(), work.context[i], candidate.lever());
        }
    }

    private static double propensity(Workspace work, PlacementPlan plan, Rung rung, int survivor) {
        return switch (rung) {
            case RANKED -> work.batches[plan.model()].score(work.batchRow[survivor]);
            case SEGMENT -> work.prior[survivor];
            case CONTEXTUAL, PLACEMENT_DEFAULT, STATIC -> work.candidates[survivor].prior();
        };
    }

    private static Item item(Workspace work, Candidate candidate, int variant, double propensity, double probability) {
        Candidate.Variant chosen = candidate.variants()[variant];
        return new Item(candidate.offer(), chosen.id(), chosen.content()[work.language], propensity, probability);
    }

    /** Index of the variant that is not chosen by rule: drawn by weight, or the heaviest where nobody can be told apart. */
    private static int draw(Workspace work, int placement, Candidate candidate) {
        Candidate.Variant[] variants = candidate.variants();
        String key = bucketKey(work, placement);
        if (key == null) {
            return heaviest(variants);
        }
        int bucket = Bucketing.bucket(candidate.offer(), key, totalWeight(variants));
        for (int i = 0; i < variants.length; i++) {
            if (variants[i].condition() < 0 && bucket < variants[i].weightUpTo()) {
                return i;
            }
        }
        return heaviest(variants);
    }

    private static int heaviest(Candidate.Variant[] variants) {
        int heaviest = 0;
        int highest = -1;
        int before = 0;
        for (int i = 0; i < variants.length; i++) {
            if (variants[i].condition() < 0) {
                int weight = variants[i].weightUpTo() - before;
                before = variants[i].weightUpTo();
                if (weight > highest) {
                    highest = weight;
                    heaviest = i;
                }
            }
        }
        return heaviest;
    }

    private static int totalWeight(Candidate.Variant[] variants) {
        int total = 0;
        for (Candidate.Variant variant : variants) {
            total = Math.max(total, variant.weightUpTo());
        }
        return total;
    }

    /** The variant's share of the weights; 1 where nobody drew. */
    private static double probability(Workspace work, int placement, Candidate candidate, int variant) {
        if (bucketKey(work, placement) == null) {
            return 1;
        }
        Candidate.Variant[] variants = candidate.variants();
        int before = 0;
        for (int i = 0; i < variant; i++) {
            before = Math.max(before, variants[i].weightUpTo());
        }
        return (double) (variants[variant].weightUpTo() - before) / totalWeight(variants);
    }

    /**
     * Who draws: the subject if its consent was read and its data may serve the placement, else the request if it has an id, else
     * nobody (null), so that an answer to an anonymous request without an id is the same for everybody and can be cached.
     */
    private static @Nullable String bucketKey(Workspace work, int placement) {
        SubjectId subject = work.subject;
        if (subject != null
                && work.profile.status() == Profile.Status.OK
                && work.grant().allowed(work.plans[placement].profilePurpose()) != 0) {
            return subject.id();
        }
        return work.request().requestId();
    }

    /** The ladder's lower end: the placement's default if it may run and is not on the page yet, else its static content. */
    private static PlacementDecision fallBack(Workspace work, int placement) {
        PlacementPlan plan = work.plans[placement];
        Candidate fallback = plan.fallback();
        if (work.isShown(fallback.ordinal()) || work.fallbackForbidden[placement]) {
            Item item = new Item(null, null, plan.staticContent(), 0, 1);
            return decision(work, placement, Rung.STATIC, false, List.of(item));
        }
        work.markShown(fallback.ordinal());
        Item item = item(work, fallback, heaviest(fallback.variants()), 0, 1);
        return decision(work, placement, Rung.PLACEMENT_DEFAULT, false, List.of(item));
    }

    private static PlacementDecision decision(
            Workspace work, int placement, Rung rung, boolean drawn, List<Item> items) {
        PlacementPlan plan = work.plans[placement];
        return new PlacementDecision(
                plan.id(),
                rung,
                drawn,
                items,
                work.trace.of(placement),
                work.trace.leftOut(placement, plan.candidates().length));
    }
}
