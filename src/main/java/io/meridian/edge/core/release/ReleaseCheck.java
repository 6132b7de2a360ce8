package io.meridian.edge.core.release;

import io.meridian.edge.core.release.Refusal.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an edge takes a bundle. Says everything that speaks against it, not the first.
 *
 * <p>For every scope the change touches, somebody must have signed as author who may author there, and somebody else must have
 * approved who may approve there. Several people may share the scopes of one change, but nobody who authored any of it approves any
 * of it. A change of {@code bundle.yaml} alone needs an author and an approver of any scope. Where nothing is active everything
 * changes: the first bundle needs roles for every scope.
 *
 * <p>A bundle is taken by an edge on which the configuration it was made from is active. One that was pulled may have followed on
 * others this edge never saw; it is taken whatever it was made from if its signatures cover every scope, as those of a first bundle.
 *
 * <p>Not asked about: the configuration itself, which is compiled elsewhere, and a bundle that is active already, which is nothing
 * new rather than an old revision.
 */
public final class ReleaseCheck {
    /**
     * What the decision depends on.
     *
     * @param arrival how the bundle came here
     * @param manifest of an archive whose files were held against it
     * @param writtenRevision the revision in the bundle's own {@code bundle.yaml}; 0 if it cannot be read
     * @param signatures of the archive, verified
     * @param changedPaths of {@link Scopes#changedPaths}, between the active configuration and the manifest; every path if none is active
     * @param changedLocks names of locked keys whose value or lock changes, {@code guardrails} among them
     * @param activeContent content digest of what is active; null if nothing is
     * @param highestRevision the highest that was ever active here; 0 if none was
     */
    public record Input(
            Arrival arrival,
            Manifest manifest,
            long writtenRevision,
            List<Signature> signatures,
            TrustPolicy trust,
            Set<String> changedPaths,
            Set<String> changedLocks,
            @Nullable String activeContent,
            long highestRevision,
            Instant now) {}

    /** What came of it. */
    public sealed interface Result {
        /**
         * Nothing speaks against it.
         *
         * @param authors ids of the keys of those who signed as author, as in the archive
         * @param approvers likewise of those who approved
         */
        record Accepted(List<String> authors, List<String> approvers) implements Result {}

        /** @param refusals at least one, in the order of {@link Code} */
        record Refused(List<Refusal> refusals) implements Result {}
    }

    private final Input input;
    private final Signers signers;
    private final List<Refusal> refusals = new ArrayList<>();

    private ReleaseCheck(Input input) {
        this.input = input;
        this.signers = new Signers(input);
    }

    /** Decides. Refusals name keys by their ids and never people: they travel further than a trust policy does. */
    public static Result check(Input input) {
        return new ReleaseCheck(input).result();
    }

    /**
     * Which roles a change needs, each with what needs it: {@code author:de} because of {@code markets/de/rules.yaml}.
     *
     * @param first nothing is active
     */
    public static SortedMap<String, List<String>> scopes(
            Set<String> changedPaths, Set<String> changedLocks, boolean first) {
        SortedMap<String, List<String>> scopes = new TreeMap<>(Scopes.touched(changedPaths, changedLocks));
        if (first) {
            scopes.putIfAbsent(Scopes.LOCKED, List.of("the first bundle"));
        }
        return scopes;
    }

    /**
     * What speaks against signatures as such. One that does not hold is a reason to refuse the bundle whatever else was signed:
     * somebody's hand was on it.
     */
    public static List<Refusal> broken(List<Signature> signatures) {
        List<Refusal> refusals = new ArrayList<>();
        for (Signature signature : signatures) {
            String as = signature.act().word();
            switch (signature.standing()) {
                case VERIFIED -> {}
                case UNKNOWN_SIGNER ->
                    refusals.add(new Refusal(
                            Code.UNKNOWN_SIGNER,
                            "the trust policy has no key " + signature.kid() + ", which signed as " + as));
                case WRONG ->
                    refusals.add(new Refusal(
                            Code.BAD_SIGNATURE,
                            "the " + as + " signature of " + signature.kid()
                                    + " was not made with that key over this bundle"));
            }
        }
        return refusals;
    }

    private Result result() {
        checkRevision();
        checkBase();
        checkWindow();
        refusals.addAll(broken(input.signatures()));
        refusals.addAll(signers.refusals());
        if (refusals.isEmpty()) {
            return new Result.Accepted(signers.ids(Act.AUTHOR), signers.ids(Act.APPROVE));
        }
        refusals.sort((left, right) -> left.code().compareTo(right.code()));
        return new Result.Refused(List.copyOf(refusals));
    }

    private void checkRevision() {
        long revision = input.manifest().revision();
        if (input.writtenRevision() != 0 && input.writtenRevision() != revision) {
            refuse(
                    Code.BAD_ARCHIVE,
                    "the manifest says revision " + revision + " and bundle.yaml " + input.writtenRevision()
                            + "; make the archive anew with meridian bundle");
        }
        if (revision <= input.highestRevision()) {
            refuse(
                    Code.OLD_REVISION,
                    "revision " + revision + " is not newer than " + input.highestRevision()
                            + ", which was active here; give bundle.yaml a higher revision, or use meridian rollback to step back");
        }
    }

    private void checkBase() {
        String base = input.manifest().base();
        String active = input.activeContent();
        // Where nothing is active nobody's change can be overwritten, whatever it was made from.
        if (active == null || active.equals(base)) {
            return;
        }
        boolean pulled = input.arrival() == Arrival.PULLED;
        if (pulled && signers.coverEverything()) {
            return;
        }
        refuse(
                Code.WRONG_BASE,
                "the bundle was made from " + (base == null ? "nothing" : base) + " and " + active
                        + " is active; take over what changed in the meantime, and bundle with --base " + active
                        + (pulled ? ", or have it signed and approved for every scope, locked included" : ""));
    }

    private void checkWindow() {
        Instant notBefore = input.manifest().notBefore();
        Instant notAfter = input.manifest().notAfter();
        if (notBefore != null && input.now().isBefore(notBefore)) {
            refuse(Code.NOT_YET_VALID, "the bundle is valid from " + notBefore + " and it is " + input.now());
        }
        if (notAfter != null && input.now().isAfter(notAfter)) {
            refuse(
                    Code.EXPIRED,
                    "the bundle was valid until " + notAfter + " and it is " + input.now()
                            + "; bundle it again with a later --not-after, and have that signed");
        }
    }

    private void refuse(Code code, String detail) {
        refusals.add(new Refusal(code, detail));
    }
}
