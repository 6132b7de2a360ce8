package io.meridian.edge.faults;

/** Something that breaks and can be mended. */
interface Fault {
    /** Breaks it; returns when it is broken. Never called twice without {@link #heal} between. */
    void inject(Site site) throws Exception;

    /** Mends it; returns when whatever was broken would do its work again. */
    void heal(Site site) throws Exception;
}
