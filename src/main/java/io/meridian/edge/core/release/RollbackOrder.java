package io.meridian.edge.core.release;

import io.meridian.edge.core.release.Refusal.Code;
import io.meridian.edge.core.release.TrustPolicy.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An order to make a bundle active again that was active before. It names what it leaves as well as where it goes, is good for a
 * short time, and is carried out once. The highest revision stays what it was: the next bundle must be newer.
 *
 * @param region the region it is for, or {@code *}
 * @param from content digest of what is active when it is carried out
 * @param to content digest or revision of a bundle the edge kept
 * @param reason for those who read the history; 1 to {@link #MAX_REASON} characters of one line
 * @param notAfter carried out until then, inclusive
 */
public record RollbackOrder(String region, String from, String to, String reason, Instant notAfter) {
    /** As {@link #region}: every region. */
    public static final String EVERY_REGION = "*";

    /** The furthest ahead {@link #notAfter} may lie: an order is for now, not for keeping. */
    public static final Duration MAX_VALIDITY = Duration.ofDays(1);

    /** The longest reason, in characters. */
    public static final int MAX_REASON = 500;

    private static final Pattern REGION = Pattern.compile("[a-z][a-z0-9-]{0,63}|\\*");
    private static final Pattern REVISION = Pattern.compile("[1-9][0-9]{0,17}");

    /** What would break a line of a log, or reorder it on a screen. */
    private static final Pattern NOT_PLAIN =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]");

    /** Throws {@link IllegalArgumentException}, with the field and what would be right, for a field that cannot be so. */
    public RollbackOrder {
        require(REGION.matcher(region).matches(), "region must be the id of a region, or *");
        require(ContentDigest.isDigest(from), "from must be a content digest, sha256: and 64 hex digits");
        require(
                ContentDigest.isDigest(to) || REVISION.matcher(to).matches(),
                "to must be a content digest, sha256: and 64 hex digits, or a revision, 1 or more");
        require(isReason(reason), "reason must have 1 to " + MAX_REASON + " characters in one line");
    }

    /** A bundle the edge kept. */
    public interface Kept {
        /** Several may have the same, if they came from a folder. */
        long revision();

        /** Its content digest. Several have the same where something was active again. */
        String content();
    }

    /**
     * Where an order arrives.
     *
     * @param region id of this region
     * @param activeContent content digest of what is active; null if nothing is
     * @param kept what could be made active again, the last that was active at the end
     * @param carriedOut ids of the orders carried out here; those of which {@link #notAfter} is over may be forgotten
     */
    public record Situation(
            String region,
            @Nullable String activeContent,
            List<? extends Kept> kept,
            Set<String> carriedOut,
            TrustPolicy trust,
            Instant now) {}

    /**
     * Everything that speaks against it; empty if it is to be carried out.
     *
     * @param id of the order; no two orders have the same
     * @param kid id of the key it was signed with
     * @param standing what came of verifying the signature
     */
    public List<Refusal> refusals(String id, String kid, Signature.Standing standing, Situation here) {
        List<Refusal> refusals = new ArrayList<>();
        Key key = here.trust().key(kid);
        if (key == null) {
            refusals.add(new Refusal(
                    Code.UNKNOWN_SIGNER, "the trust policy has no key " + kid + ", which signed the order"));
        } else if (standing != Signature.Standing.VERIFIED) {
            refusals.add(new Refusal(Code.BAD_SIGNATURE, "the order's signature was not made with the key " + kid));
        } else if (!key.mayRollBack()) {
            refusals.add(new Refusal(Code.WRONG_ROLE, kid + " may not step back; that needs the role rollback"));
        }
        if (here.now().isAfter(notAfter)) {
            refusals.add(new Refusal(
                    Code.EXPIRED,
                    "the order was good until " + notAfter + " and it is " + here.now() + "; give it anew"));
        } else if (here.now().plus(MAX_VALIDITY).isBefore(notAfter)) {
            bad(refusals, "the order would be good until " + notAfter + "; at most a day ahead is taken");
        }
        if (here.carriedOut().contains(id)) {
            bad(refusals, "the order was carried out here already; each is good for once, so give it anew");
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

    /**
     * The bundle it goes to, of several the one that was active last; null if none was kept.
     *
     * @param kept the last that was active at the end
     */
    public <K extends Kept> @Nullable K target(List<K> kept) {
        K target = null;
        for (K one : kept) {
            if (to.equals(one.content()) || to.equals(Long.toString(one.revision()))) {
                target = one;
            }
        }
        return target;
    }

    /** True if it can stand in a history as one line, and says something. */
    public static boolean isReason(String text) {
        return !text.isBlank()
                && text.length() <= MAX_REASON
                && !NOT_PLAIN.matcher(text).find();
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static void bad(List<Refusal> refusals, String detail) {
        refusals.add(new Refusal(Code.BAD_ROLLBACK, detail));
    }
}
