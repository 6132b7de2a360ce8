package io.meridian.edge.core.scoring;

/** How a fact becomes a number. */
public enum Transform {
    /** The number itself. For INT and DOUBLE. */
    IDENTITY("identity"),
    /** Natural logarithm of 1 + x; negative numbers count as 0. For INT and DOUBLE. */
    LOG1P("log1p"),
    /** The index of the value in the feature's list; a value not listed counts as the default. For STRING. */
    ORDINAL("ordinal"),
    /** 1 or 0. For BOOL. */
    BOOLEAN("boolean"),
    /** 1 if the fact equals the feature's value (or, for STRINGS, has it as a member), else 0; also for the offer's category. */
    EQUALS("equals"),
    /** 1 if the fact equals the candidate offer's category (or has it as a member), else 0. For STRING and STRINGS. */
    EQUALS_OFFER_CATEGORY("equals-offer-category");

    private final String cardName;

    Transform(String cardName) {
        this.cardName = cardName;
    }

    /** As written in a model card. */
    public String cardName() {
        return cardName;
    }
}
