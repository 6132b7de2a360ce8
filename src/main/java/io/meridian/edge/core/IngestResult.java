package io.meridian.edge.core;

import io.meridian.edge.core.profile.ProfileWriter;
import org.jspecify.annotations.Nullable;

/**
 * What became of a write.
 *
 * @param reason why it was rejected; null unless it was
 * @param pointer JSON pointer into what was sent, for a rejection; empty otherwise
 * @param detail one sentence; never a value that was sent
 * @param homeRegion where to go, for {@link Reason#MISDIRECTED}; empty otherwise
 */
public record IngestResult(Status status, @Nullable Reason reason, String pointer, String detail, String homeRegion) {
    /** How it ended. */
    public enum Status {
        DONE,
        /** Seen before: nothing changed. */
        DUPLICATE,
        /** The subject was erased: nothing changed. */
        ERASED,
        /** Consent or law does not permit it: nothing changed. */
        NOT_PERMITTED,
        /** Not now: try again. */
        UNAVAILABLE,
        /** It can never be done as it was sent. */
        REJECTED
    }

    /** Why it can never be done. */
    public enum Reason {
        UNKNOWN_NAMESPACE,
        UNKNOWN_MARKET,
        UNKNOWN_PLACEMENT,
        UNKNOWN_OFFER,
        UNKNOWN_REGION,
        INVALID_VALUE,
        TOO_OLD,
        FROM_FUTURE,
        /** What is stored was said later. */
        OUTDATED,
        /** What is stored cannot be understood and so not be changed, only replaced. */
        DAMAGED,
        /** The subject's home is another region. */
        MISDIRECTED
    }

    static final IngestResult NOT_READY = plain(Status.UNAVAILABLE, "no bundle is active yet");
    static final IngestResult NOT_PERMITTED = plain(Status.NOT_PERMITTED, "consent or law does not permit it");

    static IngestResult rejected(Reason reason, String pointer, String detail) {
        return new IngestResult(Status.REJECTED, reason, pointer, detail, "");
    }

    static IngestResult misdirected(String pointer, String homeRegion) {
        return new IngestResult(
                Status.REJECTED, Reason.MISDIRECTED, pointer, "the subject's data lives in another region", homeRegion);
    }

    static IngestResult of(ProfileWriter.Outcome outcome) {
        return switch (outcome) {
            case DONE -> plain(Status.DONE, "");
            case DUPLICATE -> plain(Status.DUPLICATE, "seen before");
            case ERASED -> plain(Status.ERASED, "the subject was erased");
            case NOT_PERMITTED -> NOT_PERMITTED;
            case OUTDATED ->
                rejected(Reason.OUTDATED, "", "what is stored was said later, or at the same time and refuses more");
            case FORGOTTEN ->
                rejected(Reason.TOO_OLD, "/time", "is so old that it may have been counted before and forgotten");
            case DAMAGED ->
                rejected(
                        Reason.DAMAGED,
                        "",
                        "what is stored cannot be understood, so that it cannot be changed; replace the whole profile");
            case UNAVAILABLE -> plain(Status.UNAVAILABLE, "the profile store does not answer; try again");
        };
    }

    private static IngestResult plain(Status status, String detail) {
        return new IngestResult(status, null, "", detail, "");
    }
}
