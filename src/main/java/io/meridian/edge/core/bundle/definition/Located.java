package io.meridian.edge.core.bundle.definition;

/** A value and the place it was written at. */
public record Located<T>(T value, Where where) {}
