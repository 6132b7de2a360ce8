package io.meridian.edge.adapter.http;

/** Told of exceptions that are nobody's fault but Meridian's own. */
@FunctionalInterface
public interface UnexpectedFailures {
    /** To count it and, now and then, to log where it came from; its message may quote the request. Any thread; returns at once. */
    void note(Throwable failure);
}
