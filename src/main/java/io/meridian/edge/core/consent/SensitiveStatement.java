package io.meridian.edge.core.consent;

/** What the live signals say of sensitive data as a whole. */
public enum SensitiveStatement {
    /** Nothing. */
    NONE,
    /** Not opted out of, where the law lets one opt out (California, Utah, Iowa). */
    NOT_OPTED_OUT,
    /** Agreed to expressly, where the law asks for consent (the national section and most states). */
    CONSENTED,
    /** Refused, opted out of, or spoken of by a signal that cannot be read. */
    REFUSED
}
