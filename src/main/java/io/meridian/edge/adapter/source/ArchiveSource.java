package io.meridian.edge.adapter.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A place that has the bundle to decide by. For one thread. */
public interface ArchiveSource {
    /**
     * The bundle as it is there now; null if it is as it was when {@link #taken} was last called. Blocks, for a bounded time. IOException,
     * fit to be told, if the place cannot be reached or has something that is too large.
     */
    byte @Nullable [] fetch() throws IOException, InterruptedException;

    /** What was fetched last is in use: it need not be fetched again. */
    void taken();
}
