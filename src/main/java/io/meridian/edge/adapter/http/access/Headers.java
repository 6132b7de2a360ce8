package io.meridian.edge.adapter.http.access;

import org.jspecify.annotations.Nullable;

/** The headers of a request. */
@FunctionalInterface
public interface Headers {
    /** The first value of a header, in any case of its letters; null if it was not sent. */
    @Nullable
    String get(String name);
}
