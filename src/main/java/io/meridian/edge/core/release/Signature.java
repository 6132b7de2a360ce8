package io.meridian.edge.core.release;

/**
 * A signature after it was looked at.
 *
 * @param kid id of the key it says it was made with
 * @param act what the signer declares
 */
public record Signature(String kid, Act act, Standing standing) {
    /** What came of verifying. */
    public enum Standing {
        /** Made with the trusted key of that id over this very bundle. */
        VERIFIED,
        /** The trust policy has no key of that id. */
        UNKNOWN_SIGNER,
        /** Not made with that key, or over something else. */
        WRONG
    }

    public boolean verified() {
        return standing == Standing.VERIFIED;
    }
}
