package io.meridian.edge.core.model;

/** The types an attribute may have, with the CEL type each is written as. */
public enum ValueType {
    BOOL("bool"),
    INT("int"),
    DOUBLE("double"),
    STRING("string"),
    /** Several strings without an order that means anything. */
    STRINGS("list(string)");

    private final String celName;

    ValueType(String celName) {
        this.celName = celName;
    }

    public String celName() {
        return celName;
    }
}
