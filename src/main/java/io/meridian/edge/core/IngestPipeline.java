package io.meridian.edge.core;

import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.bundle.Candidate;
import io.meridian.edge.core.bundle.Jurisdictions;
import io.meridian.edge.core.bundle.Market;
import io.meridian.edge.core.bundle.PlacementPlan;
import io.meridian.edge.core.consent.Grant;
import io.meridian.edge.core.consent.Grants;
import io.meridian.edge.core.frequency.FrequencyCap;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.AttributeContract.Namespace;
import io.meridian.edge.core.profile.ProfileWriter;
import io.meridian.edge.core.profile.ProfileWriter.Permission;
import io.meridian.edge.core.residency.Residency;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The way of a write, top to bottom: bundle, namespace, residency, jurisdiction, grant, then the store. What a person wants
 * remembered or forgotten (consent, erasure) needs no grant; everything else does.
 *
 * <p>Unlike a decision a write never makes do with less: it is done as a whole, or it says why not.
 */
public final class IngestPipeline {
    /** How far in the future an event's time may lie: clocks differ. */
    public static final long MAX_SKEW_MILLIS = 5 * 60 * 1000L;

    /** How old an event may be: what is older is outside every cap's window. */
    public static final long MAX_AGE_MILLIS = FrequencyCap.MAX_WINDOW_SECONDS * 1000L;

    /** Purposes that use what is stored. If none of these is left for a class of data, there is no ground to keep it. */
    private static final int USES =
            Purpose.ALL_BITS & ~(Purpose.STORE.bit() | Purpose.CONTEXTUAL.bit() | Purpose.CONTEXTUAL_ADS.bit());

    /** What happened in the world. */
    public enum EventKind {
        IMPRESSION,
        CLICK
    }

    /**
     * What is known of a write besides what is written.
     *
     * @param market null for the country's, or the region's default
     * @param country upper case, null if unknown
     * @param subdivision upper case, null if unknown
     * @param consent live signals that came with it
     * @param homeRegion the region the caller believes to be the subject's home, null if it said nothing
     */
    public record Circumstances(
            @Nullable String market,
            @Nullable String country,
            @Nullable String subdivision,
            ConsentInput consent,
            @Nullable String homeRegion) {}

    /**
     * An event.
     *
     * @param key names it, once and for all: of its source and id
     * @param vouched true if a token of ours says that this offer was given
     * @param at when it happened, epoch milliseconds
     */
    public record Event(
            EventKind kind,
            String key,
            SubjectId subject,
            String placement,
            String offer,
            boolean vouched,
            Circumstances circumstances,
            long at) {}

    /**
     * A value that cannot be stored.
     *
     * @param pointer JSON pointer into the values
     * @param detail what would be right; never the value
     */
    public record Fault(String pointer, String detail) {}

    private final ActiveBundle active;
    private final ProfileWriter writer;
    private final BiFunction<AttributeContract, Map<String, @Nullable Object>, List<Fault>> check;
    private final long tombstoneSeconds;

    /**
     * @param check holds values against the contract; empty if all can be stored
     * @param tombstoneSeconds how long an erased subject's events are refused; longer than any event may come late
     */
    public IngestPipeline(
            ActiveBundle active,
            ProfileWriter writer,
            BiFunction<AttributeContract, Map<String, @Nullable Object>, List<Fault>> check,
            long tombstoneSeconds) {
        if (tombstoneSeconds * 1000 < MAX_AGE_MILLIS) {
            throw new IllegalArgumentException("a tombstone has to outlive every late event");
        }
        this.active = active;
        this.writer = writer;
        this.check = check;
        this.tombstoneSeconds = tombstoneSeconds;
    }

    /** Counts an impression or notes a click, once. {@code now} in epoch milliseconds. */
    public CompletionStage<IngestResult> take(Event event, long now) {
        if (event.at() > now + MAX_SKEW_MILLIS) {
            return done(IngestResult.rejected(IngestResult.Reason.FROM_FUTURE, "/time", "lies in the future"));
        }
        if (event.at() < now - MAX_AGE_MILLIS) {
            return done(
                    IngestResult.rejected(IngestResult.Reason.TOO_OLD, "/time", "is older than every cap's window"));
        }
        Bundle bundle = bundle();
        if (bundle == null) {
            return done(IngestResult.NOT_READY);
        }
        Circumstances circumstances = event.circumstances();
        Market market = bundle.market(circumstances.market(), circumstances.country());
        if (market == null) {
            return done(IngestResult.rejected(
                    IngestResult.Reason.UNKNOWN_MARKET, "/data/market", "this region serves no such market"));
        }
        PlacementPlan plan = market.placements().get(event.placement());
        if (plan == null) {
            return done(IngestResult.rejected(
                    IngestResult.Reason.UNKNOWN_PLACEMENT, "/data/placement", "there is no such placement"));
        }
        if (!event.vouched() && !runs(plan, event.offer())) {
            return done(IngestResult.rejected(
                    IngestResult.Reason.UNKNOWN_OFFER, "/data/offer", "the placement has no such offer"));
        }
        IngestResult refused = admit(bundle, event.subject(), circumstances.homeRegion(), "/data");
        if (refused != null) {
            return done(refused);
        }
        Purpose purpose = plan.profilePurpose() == Purpose.SELECT_ADS ? Purpose.MEASURE_ADS : Purpose.MEASURE;
        Grant grant = grant(bundle, circumstances, now);
        Permission permission = permission(grant, DataClass.EXPOSURE.bit(), purpose);
        if (permission.classes() == 0 || isUnreadableDevice(bundle, event.subject(), grant)) {
            return done(IngestResult.NOT_PERMITTED);
        }
        int second = (int) (event.at() / 1000);
        return told(
                switch (event.kind()) {
                    case IMPRESSION ->
                        writer.countImpression(
                                event.subject(), event.key(), event.offer(), event.placement(), second, permission);
                    case CLICK -> writer.noteEvent(event.subject(), event.key(), second, permission);
                });
    }

    /** Replaces a subject's whole profile. Values as {@link ProfileWriter#replace} takes them. */
    public CompletionStage<IngestResult> replace(
            SubjectId subject, Map<String, Object> values, Circumstances circumstances, long now) {
        return write(
                subject,
                values,
                circumstances,
                now,
                (contract, permission) -> writer.replace(contract, subject, values, permission));
    }

    /** Changes some attributes; null removes one. Values as {@link ProfileWriter#change} takes them. */
    public CompletionStage<IngestResult> change(
            SubjectId subject, Map<String, @Nullable Object> values, Circumstances circumstances, long now) {
        return write(
                subject,
                values,
                circumstances,
                now,
                (contract, permission) -> writer.change(contract, subject, values, permission));
    }

    /**
     * Remembers what a subject said of consent, and deletes what it leaves no ground to keep.
     *
     * <p>A subject whose country is not given is held to the law of its home, this region: under the strictest law data would be deleted
     * that a lenient one lets stand, and that cannot be undone.
     */
    public CompletionStage<IngestResult> storeConsent(
            SubjectId subject, StoredConsent consent, Circumstances circumstances, long now) {
        Bundle bundle = bundle();
        if (bundle == null) {
            return done(IngestResult.NOT_READY);
        }
        IngestResult refused = admit(bundle, subject, circumstances.homeRegion(), "");
        if (refused != null) {
            return done(refused);
        }
        Jurisdictions.Regime home = bundle.region().jurisdiction();
        Jurisdictions.Regime regime = circumstances.country() == null
                ? home
                : bundle.jurisdictions()
                        .both(bundle.jurisdictions().of(circumstances.country(), circumstances.subdivision()), home);
        Grant left = Grants.grant(regime.law(), ConsentInput.NONE, LawOfPlace.basis(regime), now)
                .resolve(consent);
        int closed = 0;
        for (int i = 0; i < DataClass.count(); i++) {
            if ((left.allowedPurposes(DataClass.at(i)) & USES) == 0) {
                closed |= DataClass.at(i).bit();
            }
        }
        return told(writer.storeConsent(subject, consent, closed));
    }

    /** Deletes everything of a subject. Needs no grant and no law, only the right region. */
    public CompletionStage<IngestResult> erase(SubjectId subject, @Nullable String homeRegion, long now) {
        Bundle bundle = bundle();
        if (bundle == null) {
            return done(IngestResult.NOT_READY);
        }
        IngestResult refused = admit(bundle, subject, homeRegion, "");
        return refused != null ? done(refused) : told(writer.erase(subject, now, tombstoneSeconds));
    }

    private interface Act {
        CompletionStage<ProfileWriter.Outcome> with(AttributeContract contract, Permission permission);
    }

    private CompletionStage<IngestResult> write(
            SubjectId subject,
            Map<String, ? extends @Nullable Object> values,
            Circumstances circumstances,
            long now,
            Act act) {
        Bundle bundle = bundle();
        if (bundle == null) {
            return done(IngestResult.NOT_READY);
        }
        IngestResult refused = admit(bundle, subject, circumstances.homeRegion(), "");
        if (refused != null) {
            return done(refused);
        }
        @SuppressWarnings("unchecked") // only read
        List<Fault> faults = check.apply(bundle.contract(), (Map<String, @Nullable Object>) values);
        if (!faults.isEmpty()) {
            Fault first = faults.get(0);
            String more = faults.size() == 1 ? "" : "; " + (faults.size() - 1) + " more values cannot be stored";
            return done(IngestResult.rejected(
                    IngestResult.Reason.INVALID_VALUE, "/profile" + first.pointer(), first.detail() + more));
        }
        Grant grant = grant(bundle, circumstances, now);
        if (isUnreadableDevice(bundle, subject, grant)) {
            return done(IngestResult.NOT_PERMITTED);
        }
        int classes = DataClass.ALL_BITS & ~DataClass.EXPOSURE.bit();
        return told(act.with(bundle.contract(), permission(grant, classes, Purpose.BUILD_PROFILE)));
    }

    private @Nullable Bundle bundle() {
        ActiveBundle.Activation activation = active.current();
        return activation == null ? null : activation.bundle();
    }

    /** The namespace must exist and the subject's home be here; null if both hold. */
    private static @Nullable IngestResult admit(
            Bundle bundle, SubjectId subject, @Nullable String homeRegion, String pointer) {
        if (namespace(bundle, subject) == null) {
            return IngestResult.rejected(
                    IngestResult.Reason.UNKNOWN_NAMESPACE, pointer + "/subject/ns", "there is no such namespace");
        }
        return switch (Residency.of(
                homeRegion, bundle.region().id(), bundle.region().homeRegions())) {
            case HERE -> null;
            case UNKNOWN_REGION ->
                IngestResult.rejected(
                        IngestResult.Reason.UNKNOWN_REGION, pointer + "/homeRegion", "there is no such region");
            case ELSEWHERE -> IngestResult.misdirected(pointer + "/homeRegion", homeRegion == null ? "" : homeRegion);
        };
    }

    private static @Nullable Namespace namespace(Bundle bundle, SubjectId subject) {
        for (Namespace namespace : bundle.contract().namespaces()) {
            if (namespace.name().equals(subject.namespace())) {
                return namespace;
            }
        }
        return null;
    }

    /** An id that lives on the visitor's device was read from there: that has to be granted too. */
    private static boolean isUnreadableDevice(Bundle bundle, SubjectId subject, Grant grant) {
        Namespace namespace = namespace(bundle, subject);
        return namespace != null && namespace.device() && !grant.deviceReadable();
    }

    private static Grant grant(Bundle bundle, Circumstances circumstances, long now) {
        return LawOfPlace.grant(
                bundle, circumstances.country(), circumstances.subdivision(), circumstances.consent(), true, now);
    }

    private static Permission permission(Grant grant, int classes, Purpose purpose) {
        int[] purposes = new int[DataClass.count()];
        for (int i = 0; i < purposes.length; i++) {
            purposes[i] = DataClass.at(i).in(classes) ? purpose.bit() : 0;
        }
        Access access = Access.of(grant, purposes);
        return new Permission(access.classes(), access.ifGiven(), access.ifExplicit(), access.unlessRefused());
    }

    private static boolean runs(PlacementPlan plan, String offer) {
        return plan.fallback().offer().equals(offer)
                || Arrays.stream(plan.candidates()).map(Candidate::offer).anyMatch(offer::equals);
    }

    private static CompletionStage<IngestResult> told(CompletionStage<ProfileWriter.Outcome> outcome) {
        return outcome.thenApply(IngestResult::of);
    }

    private static CompletionStage<IngestResult> done(IngestResult result) {
        return CompletableFuture.completedFuture(result);
    }
}
