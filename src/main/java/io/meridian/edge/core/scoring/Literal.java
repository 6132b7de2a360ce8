package io.meridian.edge.core.scoring;

/** A constant written in a model card. */
public sealed interface Literal {
    /** A finite number. */
    record Numeric(double value) implements Literal {}

    /** A string. */
    record Text(String value) implements Literal {}

    /** True or false. */
    record Flag(boolean value) implements Literal {}
}
