package io.meridian.edge.core;

import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.bundle.Candidate;
import io.meridian.edge.core.bundle.Market;
import io.meridian.edge.core.bundle.PlacementPlan;
import io.meridian.edge.core.consent.Grant;
import io.meridian.edge.core.eligibility.Evaluation;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.Exposures;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.PlacementRequest;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.Profile;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The scratch paper of one request: arrays that grow to what a bundle needs and are used again. Bound to one bundle, confined
 * to one thread, taken from and returned to {@link Workspaces}.
 */
final class Workspace {
    /** A placement looks at the visitor through a lens: what may be seen for content differs from what may be seen for advertising. */
    static final int CONTENT = 0;

    static final int ADVERTISING = 1;
    static final int LENSES = 2;

    private static final Exposures NOT_SHOWN = new Exposures();

    final Bundle bundle;
    final Facts facts;
    final Profile profile;
    final Evaluation evaluation;
    /** The slots of the context that somebody looks at. */
    final int[] contextSlots;

    /** What this request uses; null between requests. */
    ActiveBundle.@Nullable Activation activation;

    // What is asked.
    final PlacementPlan[] plans = new PlacementPlan[PlacementRequest.MAX_PLACEMENTS];
    final int[] counts = new int[PlacementRequest.MAX_PLACEMENTS];
    int placements;

    @Nullable
    DecisionRequest request;

    @Nullable
    Moment moment;

    @Nullable
    Market market;

    int language;

    @Nullable
    SubjectId subject;

    boolean subjectOnDevice;

    @Nullable
    Grant grant;

    final Budget budget = new Budget();
    long started;
    long[] stages = new long[0];

    // What each lens shows.
    final boolean[] lensUsed = new boolean[LENSES];
    final int[] visible = new int[LENSES];
    final boolean[] personal = new boolean[LENSES];

    // Who is still in, placement after placement.
    int survivors;
    final int[] firstSurvivor = new int[PlacementRequest.MAX_PLACEMENTS];
    final int[] endSurvivor = new int[PlacementRequest.MAX_PLACEMENTS];
    final int[] placementLeft = new int[PlacementRequest.MAX_PLACEMENTS];
    final boolean[] fallbackForbidden = new boolean[PlacementRequest.MAX_PLACEMENTS];
    Candidate[] candidates = new Candidate[64];
    int[] rulesVariant = new int[64];
    int[] batchRow = new int[64];
    int[] priority = new int[64];
    double[] context = new double[64];
    double[] prior = new double[64];
    int[] priorSegment = new int[64];
    double[] propensity = new double[64];
    double[] score = new double[64];
    boolean[] taken = new boolean[64];

    // What the models see.
    final ModelBatch[] batches;
    final float[] subjectScore = new float[1];
    private float[] subjectRow = new float[64];

    /** By candidate ordinal: true once shown on this page. */
    private boolean[] shown = new boolean[64];

    private int[] shownOrdinals = new int[16];
    private int shownCount;

    int degraded;
    final Trace trace;

    /** @param mostTraced of a placement's candidates, how many a trace tells of */
    Workspace(Bundle bundle, int mostTraced) {
        this.bundle = bundle;
        this.trace = new Trace(mostTraced);
        this.facts = new Facts(bundle.facts());
        this.profile = new Profile(facts);
        this.evaluation = new Evaluation(bundle.conditions());
        this.contextSlots = contextSlots(bundle.context());
        this.batches = new ModelBatch[bundle.candidateModels().size()];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = new ModelBatch(bundle.candidateModels().get(i));
        }
    }

    private static int[] contextSlots(Bundle.ContextSlots slots) {
        return IntStream.concat(
                        IntStream.of(
                                slots.market(),
                                slots.country(),
                                slots.subdivision(),
                                slots.locale(),
                                slots.channel(),
                                slots.device(),
                                slots.dayPart(),
                                slots.weekday(),
                                slots.hour(),
                                slots.holiday()),
                        slots.attributes().values().stream().mapToInt(Bundle.ContextAttributeSlot::slot))
                .filter(slot -> slot >= 0)
                .toArray();
    }

    /** Bundles are compared by identity: each activation makes its own. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(Bundle other) {
        return bundle == other;
    }

    /** Forgets the request: nothing of it can be read in the next. */
    void clear() {
        facts.clear();
        profile.clear();
        request = null;
        moment = null;
        market = null;
        subject = null;
        grant = null;
        subjectOnDevice = false;
        Arrays.fill(lensUsed, false);
        Arrays.fill(visible, 0);
        Arrays.fill(personal, false);
        Arrays.fill(candidates, 0, survivors, null);
        Arrays.fill(taken, 0, survivors, false);
        Arrays.fill(propensity, 0, survivors, 0);
        Arrays.fill(score, 0, survivors, 0);
        Arrays.fill(subjectRow, 0);
        subjectScore[0] = 0;
        Arrays.fill(plans, 0, placements, null);
        for (int i = 0; i < shownCount; i++) {
            shown[shownOrdinals[i]] = false;
        }
        shownCount = 0;
        survivors = 0;
        placements = 0;
        degraded = 0;
        for (ModelBatch batch : batches) {
            batch.clear();
        }
        trace.clear();
    }

    /** Adds a survivor and returns its index. */
    int add(Candidate candidate) {
        int index = survivors;
        if (index == candidates.length) {
            int size = index * 2;
            candidates = Arrays.copyOf(candidates, size);
            rulesVariant = Arrays.copyOf(rulesVariant, size);
            batchRow = Arrays.copyOf(batchRow, size);
            priority = Arrays.copyOf(priority, size);
            context = Arrays.copyOf(context, size);
            prior = Arrays.copyOf(prior, size);
            priorSegment = Arrays.copyOf(priorSegment, size);
            propensity = Arrays.copyOf(propensity, size);
            score = Arrays.copyOf(score, size);
            taken = Arrays.copyOf(taken, size);
        }
        candidates[index] = candidate;
        priority[index] = candidate.priority();
        survivors++;
        return index;
    }

    float[] subjectRow(int width) {
        if (subjectRow.length < width) {
            subjectRow = new float[width];
        }
        return subjectRow;
    }

    /** Epoch milliseconds of the request. */
    long now() {
        return moment().epochMillis();
    }

    /** Epoch seconds of the request. */
    int nowSeconds() {
        return (int) (now() / 1000);
    }

    DecisionRequest request() {
        return required(request);
    }

    Moment moment() {
        return required(moment);
    }

    Market market() {
        return required(market);
    }

    Grant grant() {
        return required(grant);
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("this workspace has no request");
        }
        return value;
    }

    /** True unless the request names a channel in which the placement does not exist. */
    boolean servesChannel(PlacementPlan plan) {
        String channel = request().context().channel();
        return channel == null || plan.channels().contains(channel);
    }

    /** The cap counters, unless this placement's purpose does not cover them. */
    Exposures exposures(int placement) {
        return DataClass.EXPOSURE.in(visible[lensOf(placement)]) ? profile.exposures() : NOT_SHOWN;
    }

    boolean isShown(int ordinal) {
        return ordinal < shown.length && shown[ordinal];
    }

    void markShown(int ordinal) {
        if (ordinal >= shown.length) {
            shown = Arrays.copyOf(shown, Math.max(ordinal + 1, shown.length * 2));
        }
        if (!shown[ordinal]) {
            shown[ordinal] = true;
            if (shownCount == shownOrdinals.length) {
                shownOrdinals = Arrays.copyOf(shownOrdinals, shownCount * 2);
            }
            shownOrdinals[shownCount++] = ordinal;
        }
    }

    int lensOf(int placement) {
        return plans[placement].profilePurpose() == Purpose.SELECT_CONTENT ? CONTENT : ADVERTISING;
    }
}
