package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.Where;
import org.jspecify.annotations.Nullable;

/**
 * A value with its origin.
 *
 * @param value what counts
 * @param layer who said so
 * @param where the place it was written at; null for what the service has built in
 * @param over what it takes the place of; null if nothing
 */
record Layered<T>(
        T value,
        Layer layer,
        @Nullable Where where,
        @Nullable Layered<T> over) {
    /** Built in. */
    static <T> Layered<T> host(T value) {
        return new Layered<>(value, Layer.HOST, null, null);
    }

    /** What was written. */
    static <T> Layered<T> written(T value, Where where) {
        return new Layered<>(value, Layer.of(where), where, null);
    }

    /** This, unless something is written above it. */
    Layered<T> under(@Nullable Located<T> written) {
        return written == null ? this : under(written.value(), written.where());
    }

    Layered<T> under(T above, Where at) {
        return new Layered<>(above, Layer.of(at), at, this);
    }
}
