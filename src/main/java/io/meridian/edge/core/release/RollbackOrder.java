package io.meridian.edge.core.release;

import io.meridian.edge.core.release.Refusal.Code;
import io.meridian.edge.core.release.TrustPolicy.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order to make a bundle active again that was active before. It names what it leaves as well as where it goes, so that it
 * cannot be used twice, and is good for a short time. The highest revision stays what it was: the next bundle must be newer.
 *
 * @param region the region it is for, or {@code *}
 * @param from content digest of what is active when it is carried out
 * @param to content digest or revision of a bundle the edge kept
 * @param reason for those who read the history; not empty
 * @param notAfter carried out until then, inclusive
 */
public record RollbackOrder(String region, String from, String to, String reason, Instant notAfter) {
    /** As {@link #region}: every region. */
    public static final String EVERY_REGION = "*";

    /** The furthest ahead {@link #notAfter} may lie: an order is for now, not for keeping. */
    public static final Duration MAX_VALIDITY = Duration.ofDays(1);

    /**
     * A bundle the edge kept.
     *
     * @param content its content digest
     */
    public record Kept(long revision, String content) {
        /** True if an order's {@code to} means this bundle. */
        public boolean is(String to) {
            return to.equals(content) || to.equals(Long.toString(revision));
        }
    }

    /**
     * Where an order arrives.
     *
     * @param region id of this region
     * @param activeContent content digest of what is active; null if nothing is
     * @param kept what could be made active again
     */
    public record Situation(
            String region, @Nullable String activeContent, List<Kept> kept, TrustPolicy trust, Instant now) {}

    /**
     * Everything that speaks against it; empty if it is to be carried out.
     *
     * @param kid id of the key it was signed with
     * @param standing what came of verifying the signature
     */
    public List<Refusal> refusals(String kid, Signature.Standing standing, Situation here) {
        List<Refusal> refusals = new ArrayList<>();
        Key key = here.trust().key(kid);
        if (key == null) {
            refusals.add(new Refusal(
                    Code.UNKNOWN_SIGNER, "the trust policy has no key " + kid + ", which signed the order"));
        } else if (standing != Signature.Standing.VERIFIED) {
            refusals.add(new Refusal(Code.BAD_SIGNATURE, "the order's signature was not made with the key " + kid));
        } else if (!key.mayRollBack()) {
            refusals.add(new Refusal(Code.WRONG_ROLE, key + " may not step back; that needs the role rollback"));
        }
        if (here.now().isAfter(notAfter)) {
            refusals.add(new Refusal(
                    Code.EXPIRED,
                    "the order was good until " + notAfter + " and it is " + here.now() + "; give it anew"));
        } else if (here.now().plus(MAX_VALIDITY).isBefore(notAfter)) {
            bad(refusals, "the order would be good until " + notAfter + "; at most a day ahead is taken");
        }
        if (!region.equals(EVERY_REGION) && !region.equals(here.region())) {
            bad(refusals, "the order is for the region " + region + " and this is " + here.region());
        }
        if (!from.equals(here.activeContent())) {
            bad(
                    refusals,
                    "the order leaves " + from + " and "
                            + (here.activeContent() == null ? "nothing" : here.activeContent()) + " is active");
        }
        checkTarget(here, refusals);
        return List.copyOf(refusals);
    }

    private void checkTarget(Situation here, List<Refusal> refusals) {
        Kept target = target(here.kept());
        if (target == null) {
            String kept = here.kept().isEmpty()
                    ? "nothing"
                    : String.join(
                            ", ",
                            here.kept().stream()
                                    .map(one -> "revision " + one.revision())
                                    .toList());
            bad(refusals, "no bundle " + to + " was kept here; kept is " + kept);
        } else if (target.content().equals(here.activeContent())) {
            bad(refusals, to + " is active already");
        }
    }

    /** The bundle it goes to; null if it was not kept. */
    public @Nullable Kept target(List<Kept> kept) {
        return kept.stream().filter(one -> one.is(to)).findFirst().orElse(null);
    }

    private static void bad(List<Refusal> refusals, String detail) {
        refusals.add(new Refusal(Code.BAD_ROLLBACK, detail));
    }
}
