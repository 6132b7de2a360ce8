package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.Headers;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers of a request as the server read them. */
record RequestHeaders(MultiMap headers) implements Headers {
    @Override
    public List<String> all(String name) {
        return headers.getAll(name);
    }

    /** Without a list for a header that is looked for and mostly not there. */
    @Override
    public @Nullable String get(String name) {
        return headers.get(name);
    }
}
