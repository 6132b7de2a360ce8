package io.meridian.edge.adapter.http;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port: how bundles come into service here. */
public interface Deliveries {
    /** How things stand. */
    State state();

    /**
     * How things stand.
     *
     * @param content digest of the active configuration
     * @param release digest of the active bundle; null for what came from a folder, which nobody signed
     * @param authors ids of the keys that signed it as author
     * @param approvers likewise, as approver
     * @param fromKept true if it is what was kept on disk, because its source could not be used
     * @param confirmed when the source was last known to have nothing newer
     * @param ageSeconds since then
     * @param stale true if that is longer than it should be
     * @param highestRevision that was ever active
     * @param kept what could be made active again, the active one last
     * @param rejected what was last refused since the last activation; null if nothing was
     * @param damages what is wrong with what is kept
     */
    record State(
            String content,
            @Nullable String release,
            List<String> authors,
            List<String> approvers,
            boolean fromKept,
            Instant confirmed,
            long ageSeconds,
            boolean stale,
            long highestRevision,
            List<Kept> kept,
            @Nullable Rejected rejected,
            List<String> damages) {}

    /** A bundle that was active. */
    record Kept(long revision, String content, String digest, boolean signed) {}

    /** Something that was not taken. */
    record Rejected(Instant time, String via, String code, String detail) {}
}
