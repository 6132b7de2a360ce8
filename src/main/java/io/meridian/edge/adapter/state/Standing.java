package io.meridian.edge.adapter.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is active and what was, as kept on disk. Immutable.
 *
 * @param highestRevision the highest that was ever active; 0 if none was
 * @param since when the active one became active
 * @param kept the active one last, before it what was active before; the later the nearer. Empty if nothing ever was
 */
public record Standing(long highestRevision, Instant since, List<Kept> kept) {
    /** As many bundles are kept. */
    public static final int MAX_KEPT = 10;

    /** Nothing was ever active. */
    public static final Standing NOTHING = new Standing(0, Instant.EPOCH, List.of());

    public Standing {
        kept = List.copyOf(kept);
    }

    /** The active one; null if nothing ever was. */
    public @Nullable Kept active() {
        return kept.isEmpty() ? null : kept.get(kept.size() - 1);
    }

    /** The bundle of that digest; null if it is not kept. */
    public @Nullable Kept find(String digest) {
        return kept.stream()
                .filter(one -> one.digest().equals(digest))
                .findFirst()
                .orElse(null);
    }

    /** The same after a bundle has become active. */
    public Standing with(Kept active, Instant now) {
        List<Kept> more = new ArrayList<>(kept);
        more.removeIf(one -> one.digest().equals(active.digest()));
        more.add(active);
        List<Kept> last = more.subList(Math.max(0, more.size() - MAX_KEPT), more.size());
        return new Standing(Math.max(highestRevision, active.revision()), now, last);
    }
}
