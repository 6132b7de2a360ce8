package io.meridian.edge.adapter.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is active and what was, as kept on disk. Immutable.
 *
 * @param highestRevision the highest that was ever active; 0 if none was
 * @param since when the active one became active
 * @param kept the active one last, before it what was active before; the later the nearer. Empty if nothing ever was
 * @param carriedOut ids of the orders to step back that were carried out, each until when it could be given again
 */
public record Standing(long highestRevision, Instant since, List<Kept> kept, Map<String, Instant> carriedOut) {
    /** As many bundles are kept. */
    public static final int MAX_KEPT = 10;

    /** Nothing was ever active. */
    public static final Standing NOTHING = new Standing(0, Instant.EPOCH, List.of(), Map.of());

    public Standing {
        kept = List.copyOf(kept);
        carriedOut = Map.copyOf(carriedOut);
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

    /** The same once an order was carried out. No other order has its id. */
    public Standing carriedOut(String order, Instant notAfter) {
        Map<String, Instant> more = new TreeMap<>(carriedOut);
        more.put(order, notAfter);
        return new Standing(highestRevision, since, kept, more);
    }

    /** The same, but no lower revision becomes active any more. */
    public Standing atLeast(long revision) {
        return new Standing(Math.max(highestRevision, revision), since, kept, carriedOut);
    }

    /** The same after a bundle has become active; orders that are over are forgotten. */
    public Standing with(Kept active, Instant now) {
        List<Kept> more = new ArrayList<>(kept);
        more.removeIf(one -> one.digest().equals(active.digest()));
        more.add(active);
        List<Kept> last = more.subList(Math.max(0, more.size() - MAX_KEPT), more.size());
        Map<String, Instant> good = new TreeMap<>(carriedOut);
        good.values().removeIf(now::isAfter);
        return new Standing(Math.max(highestRevision, active.revision()), now, last, good);
    }
}
