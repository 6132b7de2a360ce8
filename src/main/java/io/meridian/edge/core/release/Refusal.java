package io.meridian.edge.core.release;

import java.util.Locale;

/**
 * A reason not to take a bundle or an order.
 *
 * @param detail a sentence or two: what is wrong, and what would be right
 */
public record Refusal(Code code, String detail) {
    /** Stable: HTTP answers, audit events and metrics carry {@link #id()}. */
    public enum Code {
        /** Not an archive as {@code meridian bundle} writes it. */
        BAD_ARCHIVE,
        /** A file is not the one the manifest names. */
        DIGEST_MISMATCH,
        /** A signature cannot be read, or does not go with the bundle. */
        BAD_SIGNATURE,
        /** Signed with a key the trust policy does not list. */
        UNKNOWN_SIGNER,
        /** Nobody signed as author. */
        MISSING_AUTHOR,
        /** Nobody approved. */
        MISSING_APPROVAL,
        /** One person did both. */
        AUTHOR_IS_APPROVER,
        /** No author, or no approver, may do so for something that changes. */
        WRONG_ROLE,
        /** Made for another configuration than the one that is active. */
        WRONG_BASE,
        /** Not newer than what was active before. */
        OLD_REVISION,
        /** Its time has not come. */
        NOT_YET_VALID,
        /** Its time is over. */
        EXPIRED,
        /** A key that central locked changes, and those who signed may not change those. */
        LOCKED_KEY,
        /** The configuration has errors. */
        DOES_NOT_COMPILE,
        /** An order to step back that does not go with what is active or kept. */
        BAD_ROLLBACK;

        private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

        /** For example {@code wrong-base}. */
        public String id() {
            return id;
        }
    }

    /** {@code code: detail}. */
    @Override
    public String toString() {
        return code.id() + ": " + detail;
    }
}
