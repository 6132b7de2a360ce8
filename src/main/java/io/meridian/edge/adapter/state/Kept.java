package io.meridian.edge.adapter.state;

import io.meridian.edge.core.release.RollbackOrder;
import java.time.Instant;
import java.util.List;

/**
 * A bundle that was active here once.
 *
 * @param digest of the bundle: {@code sha256:…}
 * @param content digest of its configuration
 * @param signed false for what came from a folder
 * @param accepted when it was first taken
 * @param first true if nothing was active before it
 * @param changedPaths what it changed when it was taken; what signatures it needed follows from that
 * @param changedLocks likewise, names of locked keys
 */
public record Kept(
        String digest,
        String content,
        long revision,
        boolean signed,
        Instant accepted,
        boolean first,
        List<String> changedPaths,
        List<String> changedLocks)
        implements RollbackOrder.Kept {}
