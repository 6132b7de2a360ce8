package io.meridian.edge.faults;

/** When a fault comes. */
enum Phase {
    /** While everything runs, and it stays for a while. */
    STEADY,
    /** It comes and goes several times in quick succession. */
    FLICKER,
    /** A new bundle is published while it lasts. */
    SWAP,
    /** The service is started into it. */
    START
}
