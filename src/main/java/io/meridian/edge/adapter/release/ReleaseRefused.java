package io.meridian.edge.adapter.release;

import io.meridian.edge.core.release.Refusal;

/** An archive, an order or a key that cannot be taken for what it should be. The message is for whoever made it. */
public final class ReleaseRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    ReleaseRefused(Refusal.Code code, String detail) {
        super(detail);
        refusal = new Refusal(code, detail);
    }

    /** Why, with its code. */
    public Refusal refusal() {
        return refusal;
    }
}
