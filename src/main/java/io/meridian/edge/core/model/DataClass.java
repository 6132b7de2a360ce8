package io.meridian.edge.core.model;

/**
 * Kinds of personal data that law and consent treat alike. A profile is stored one value per class, so that what may
 * not be used is never read.
 */
public enum DataClass {
    /** Who the customer is: account age, region of residence, language. */
    IDENTITY("id"),
    /** What was bought, when, for how much. */
    TRANSACTION("tx"),
    /** What was viewed, opened, clicked. */
    BEHAVIOUR("bh"),
    /** What the customer said they like. */
    PREFERENCE("pf"),
    /** What others computed about the customer. */
    INFERRED("in"),
    /** Special categories (GDPR Art. 9, CPRA sensitive personal information and their like). */
    SENSITIVE("se"),
    /** Which offers were shown to the customer: the counters behind frequency caps. */
    EXPOSURE("ex");

    private static final DataClass[] ALL = values();

    /** Every class. */
    public static final int ALL_BITS = (1 << ALL.length) - 1;

    private final String keySuffix;

    DataClass(String keySuffix) {
        this.keySuffix = keySuffix;
    }

    /** The last part of the class's key in the profile store. Two ASCII letters, never reused for another class. */
    public String keySuffix() {
        return keySuffix;
    }

    /** This class as the only member of a mask. */
    public int bit() {
        return 1 << ordinal();
    }

    /** True if the mask has this class. */
    public boolean in(int mask) {
        return (mask & bit()) != 0;
    }

    /** The class at an ordinal. */
    public static DataClass at(int ordinal) {
        return ALL[ordinal];
    }

    /** How many there are. */
    public static int count() {
        return ALL.length;
    }
}
