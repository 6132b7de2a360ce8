package io.meridian.edge.adapter.http.access;

import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers of a request. A header may come in several lines, and HTTP/2 splits cookies on its own account. */
@FunctionalInterface
public interface Headers {
    /** The values of all lines of a header, in any case of its letters; empty if it was not sent. */
    List<String> all(String name);

    /** The first value of a header; null if it was not sent. For headers whose lines cannot contradict each other to any harm. */
    default @Nullable String get(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /**
     * The value of a header that says who or where somebody is; null if it was not sent. Throws a problem of type {@link
     * ProblemType#INVALID_PARAMETER} if it was sent twice: whoever sent one could not know which counts.
     */
    default @Nullable String one(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new ProblemException(
                    Problem.inParameter(ProblemType.INVALID_PARAMETER, name, "is there more than once"));
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** All lines of a header joined; null if it was not sent. */
    default @Nullable String joined(String name, String separator) {
        List<String> values = all(name);
        return values.isEmpty() ? null : String.join(separator, values);
    }
}
