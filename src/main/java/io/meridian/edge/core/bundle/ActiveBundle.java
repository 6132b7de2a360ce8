package io.meridian.edge.core.bundle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The bundle that decides now: one volatile field. A request reads it once and stays with what it read. */
public final class ActiveBundle {
    /**
     * A bundle in service.
     *
     * @param since when it became active
     * @param source where it came from, for people
     */
    public record Activation(Bundle bundle, Instant since, String source) {}

    private volatile @Nullable Activation current;

    /** Null until the first activation. */
    public @Nullable Activation current() {
        return current;
    }

    /** From here on new requests meet this bundle. */
    public void activate(Bundle bundle, Instant since, String source) {
        current = new Activation(bundle, since, source);
    }
}
