package io.meridian.edge.core.model;

/** Where a live privacy signal comes from. */
public enum SignalFramework {
    /** IAB Europe's Transparency &amp; Consent Framework, version 2. */
    TCF,
    /** IAB's Global Privacy Platform, sections of the United States. */
    GPP,
    /** Global Privacy Control: the {@code Sec-GPC} header. */
    GPC,
    /** IAB's US Privacy string, version 1. */
    US_PRIVACY;

    /** This framework as the only member of a mask. */
    public int bit() {
        return 1 << ordinal();
    }

    /** True if the mask has this framework. */
    public boolean in(int mask) {
        return (mask & bit()) != 0;
    }
}
