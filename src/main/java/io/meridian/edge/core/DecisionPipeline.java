package io.meridian.edge.core;

import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.bundle.PlacementPlan;
import io.meridian.edge.core.consent.Grant;
import io.meridian.edge.core.log.DecisionLog;
import io.meridian.edge.core.model.Answer;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Decision.PlacementDecision;
import io.meridian.edge.core.model.Decision.Stage;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.Degradation;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.Refusal;
import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.core.profile.ProfileStore;
import io.meridian.edge.core.profile.ReadPlan;
import io.meridian.edge.core.residency.Misrouted;
import io.meridian.edge.core.residency.Residency;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of a decision, top to bottom: admit, jurisdiction, grant, residency, read, and below the read one deterministic function
 * ({@link Deliberation}, {@link Arbitration}) of bundle, request, grant, facts and now; then the record.
 *
 * <p>Shared by all threads; each request stays on the thread that brought it.
 */
public final class DecisionPipeline implements Decider {
    private final ActiveBundle active;
    private final ProfileStore store;
    private final DecisionLog log;
    private final LongSupplier nanoClock;
    private final int defaultDeadlineMillis;
    private final Consumer<Exception> failures;
    private final Deliberation deliberation;
    private final Workspaces workspaces;

    /**
     * @param nanoClock for measuring only; no decision depends on it
     * @param defaultDeadlineMillis the patience assumed of a caller that states none, 1 to 1000
     * @param failures told of defects of ours, for which the caller gets a {@link Refusal.Kind#FAILED}, and of models that fail
     */
    public DecisionPipeline(
            ActiveBundle active,
            ProfileStore store,
            DecisionLog log,
            LongSupplier nanoClock,
            int defaultDeadlineMillis,
            Consumer<Exception> failures) {
        this(active, store, log, nanoClock, defaultDeadlineMillis, failures, null);
    }

    /** One that is watched, for trying out rules: it measures no time, leaves no records and traces every candidate. */
    public DecisionPipeline(
            ActiveBundle active, ProfileStore store, Consumer<Exception> failures, DecisionProbe probe) {
        this(active, store, record -> {}, () -> 0, Budget.MAX_MILLIS, failures, probe);
    }

    private DecisionPipeline(
            ActiveBundle active,
            ProfileStore store,
            DecisionLog log,
            LongSupplier nanoClock,
            int defaultDeadlineMillis,
            Consumer<Exception> failures,
            @Nullable DecisionProbe probe) {
        this.active = active;
        this.store = store;
        this.log = log;
        this.nanoClock = nanoClock;
        this.defaultDeadlineMillis = defaultDeadlineMillis;
        this.failures = failures;
        this.deliberation = new Deliberation(nanoClock, failures, probe);
        this.workspaces = new Workspaces(probe == null ? Trace.MOST : Integer.MAX_VALUE);
    }

    @Override
    public void decide(DecisionRequest request, Moment moment, Listener listener) {
        ActiveBundle.Activation activation = active.enter();
        if (activation == null) {
            listener.answered(new Refusal(Refusal.Kind.NOT_READY, "", "no bundle is active yet"));
            return;
        }
        Workspace work = workspaces.take(activation);
        work.started = nanoClock.getAsLong();
        work.budget.begin(work.started - moment.waitedNanos(), patienceMillis(request));
        ReadPlan plan;
        try {
            Refusal refusal = admit(work, request, moment);
            if (refusal != null) {
                workspaces.giveBack(work);
                listener.answered(refusal);
                return;
            }
            plan = planRead(work);
        } catch (RuntimeException e) {
            listener.answered(failed(work, e));
            return;
        } catch (Error e) {
            workspaces.drop(work);
            throw e;
        }
        long granted = nanoClock.getAsLong();
        work.stages[Stage.GRANT.ordinal()] = granted - work.started;
        int readMillis = plan == null ? 0 : work.budget.readMillis(granted, modelNanos(work));
        if (plan == null || readMillis == 0) {
            if (plan != null) {
                work.profile.end(Profile.Status.TIMEOUT);
            }
            listener.answered(finish(work));
            return;
        }
        try {
            store.read(plan, work.profile, readMillis, profile -> {
                work.stages[Stage.READ.ordinal()] = nanoClock.getAsLong() - granted;
                listener.answered(finish(work));
            });
        } catch (RuntimeException e) {
            failures.accept(e);
            work.profile.end(Profile.Status.UNAVAILABLE);
            listener.answered(finish(work));
        } catch (Error e) {
            workspaces.drop(work);
            throw e;
        }
    }

    /** Everything that can end in a refusal. */
    private static @Nullable Refusal admit(Workspace work, DecisionRequest request, Moment moment) {
        Refusal refusal = Admission.admit(work, request, moment);
        if (refusal != null) {
            return refusal;
        }
        work.stages = new long[Stage.values().length];
        work.grant = grant(work);
        return applyResidency(work);
    }

    /** A workspace that saw a defect is not used again. */
    private Refusal failed(Workspace work, RuntimeException defect) {
        workspaces.drop(work);
        failures.accept(defect);
        return new Refusal(Refusal.Kind.FAILED, "", "the decision failed for a reason of ours");
    }

    /** Regime x live signals. The claim that the GDPR applies, and a home under another law, can only add protection. */
    private static Grant grant(Workspace work) {
        DecisionRequest request = work.request();
        return LawOfPlace.grant(
                work.bundle,
                request.context().country(),
                request.context().subdivision(),
                request.consent(),
                work.subject != null,
                work.now());
    }

    /** A subject whose home is elsewhere is sent there, or stays a stranger here: as the region's policy says. */
    private static @Nullable Refusal applyResidency(Workspace work) {
        String claimed = work.request().homeRegion();
        Bundle.Region region = work.bundle.region();
        return switch (Residency.of(claimed, region.id(), region.homeRegions())) {
            case HERE -> null;
            case UNKNOWN_REGION ->
                new Refusal(Refusal.Kind.UNKNOWN_REGION, "/subject/homeRegion", "there is no such region");
            case ELSEWHERE -> {
                if (work.subject != null && region.misrouted() == Misrouted.REDIRECT && claimed != null) {
                    yield new Refusal(
                            Refusal.Kind.MISDIRECTED,
                            "/subject/homeRegion",
                            "the subject's data lives in another region",
                            claimed);
                }
                work.subject = null;
                work.degraded |= Degradation.MISROUTED.bit();
                yield null;
            }
        };
    }

    /** What the placements look at, as far as the grant goes; null if that is nothing. */
    private static @Nullable ReadPlan planRead(Workspace work) {
        int[] wantedFor = new int[DataClass.count()];
        for (int i = 0; i < work.placements; i++) {
            PlacementPlan plan = work.plans[i];
            work.lensUsed[work.lensOf(i)] = true;
            for (int c = 0; c < wantedFor.length; c++) {
                if (DataClass.at(c).in(plan.dataClasses())) {
                    wantedFor[c] |= plan.profilePurpose().bit();
                }
            }
        }
        // An id that lives on the visitor's device is itself read from there: that has to be granted too.
        if (work.subjectOnDevice && !work.grant().deviceReadable()) {
            work.subject = null;
        }
        if (work.subject == null) {
            return null;
        }
        Access access = Access.of(work.grant(), wantedFor);
        return access.classes() == 0
                ? null
                : new ReadPlan(
                        work.subject,
                        work.bundle.profile(),
                        access.classes(),
                        access.silent(),
                        access.ifGiven(),
                        access.ifExplicit(),
                        access.unlessRefused());
    }

    private int patienceMillis(DecisionRequest request) {
        int own = request.options().deadlineMs();
        return own > 0 ? own : defaultDeadlineMillis;
    }

    /** What the models that may run after the read need together, nanoseconds. */
    private static long modelNanos(Workspace work) {
        long sum = 0;
        for (int i = 0; i < work.batches.length; i++) {
            for (int placement = 0; placement < work.placements; placement++) {
                if (work.plans[placement].model() == i) {
                    sum += work.batches[i].model().pace().neededNanos();
                    break;
                }
            }
        }
        return sum;
    }

    private Answer finish(Workspace work) {
        try {
            settleGrant(work);
            deliberation.deliberate(work);
            long before = nanoClock.getAsLong();
            List<PlacementDecision> placements = new ArrayList<>(work.placements);
            for (int i = 0; i < work.placements; i++) {
                placements.add(Arbitration.arbitrate(work, i));
            }
            long now = nanoClock.getAsLong();
            work.stages[Stage.ARBITRATE.ordinal()] = now - before;
            Decision decision = Answers.decision(work, placements);
            if (!work.request().options().dryRun()) {
                log.offer(Answers.record(work, decision, (now - work.started) / 1000));
            }
            workspaces.giveBack(work);
            return decision;
        } catch (RuntimeException e) {
            return failed(work, e);
        } catch (Error e) {
            // Its bundle could never be freed if it stayed in use.
            workspaces.drop(work);
            throw e;
        }
    }

    /**
     * With the stored consent at hand nothing is left open. Where somebody was named and it was not read, what hangs on it is denied;
     * where nobody was, there is none.
     */
    private static void settleGrant(Workspace work) {
        Profile profile = work.profile;
        Profile.Status status = profile.status();
        work.degraded |= degradation(status);
        if (status != Profile.Status.OK && !work.request().subjects().isEmpty()) {
            work.grant = work.grant().resolveUnread();
        } else {
            work.grant = work.grant().resolve(profile.storedConsent());
        }
        if (status == Profile.Status.OK) {
            work.visible[Workspace.CONTENT] = work.grant().allowed(Purpose.SELECT_CONTENT);
            work.visible[Workspace.ADVERTISING] = work.grant().allowed(Purpose.SELECT_ADS);
        }
    }

    private static int degradation(Profile.Status status) {
        return switch (status) {
            case NOT_READ, OK -> 0;
            case TIMEOUT -> Degradation.PROFILE_TIMEOUT.bit();
            case UNAVAILABLE -> Degradation.PROFILE_UNAVAILABLE.bit();
            case REGION_UNMARKED -> Degradation.REGION_UNMARKED.bit();
            case MALFORMED -> Degradation.PROFILE_MALFORMED.bit();
        };
    }
}
