package io.meridian.edge.app.delivery;

/** Why something was not taken, beside the {@link io.meridian.edge.core.release.Refusal.Code codes} of bundles themselves. Stable. */
public final class Codes {
    /** So many wait already: try again. */
    public static final String BUSY = "busy";

    /** Something of ours went wrong. */
    public static final String FAILED = "failed";

    /** The caller's key does not have the role this takes. */
    public static final String FORBIDDEN = "forbidden";

    /** The caller is not known. */
    public static final String UNAUTHENTICATED = "unauthenticated";

    /** There is no trust policy, so no signature counts. */
    public static final String NO_TRUST_POLICY = "no-trust-policy";

    /** The trust policy cannot be read. */
    public static final String TRUST_UNREADABLE = "trust-unreadable";

    /** What becomes active has to be kept on disk first, and cannot be. */
    public static final String STATE_UNWRITABLE = "state-unwritable";

    /** A signed bundle is active; a folder does not replace it. */
    public static final String SIGNED_ACTIVE = "signed-active";

    /** No bundle of that revision waits to be activated. */
    public static final String NOT_STAGED = "not-staged";

    /** Nothing that was active before can be used. */
    public static final String NOTHING_KEPT = "nothing-kept";

    private Codes() {}
}
