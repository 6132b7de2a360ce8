package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.core.release.ContentDigest;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that may become active.
 *
 * @param files by path; not to be changed
 * @param content digest of all files
 * @param release how it came to be accepted; null for a folder's, which nobody signs
 */
record Candidate(
        SortedMap<String, byte[]> files,
        String content,
        @Nullable Release release) {
    /**
     * A signed bundle whose signatures were found to be enough.
     *
     * @param first true if nothing was active before it
     * @param changedPaths against what was active
     * @param changedLocks likewise, names of locked keys
     * @param authors ids of the keys that signed as author
     * @param approvers likewise, as approver
     */
    record Release(
            Archive archive,
            boolean first,
            List<String> changedPaths,
            List<String> changedLocks,
            List<String> authors,
            List<String> approvers) {}

    static Candidate ofFolder(SortedMap<String, byte[]> files) {
        return new Candidate(files, ContentDigest.of(ContentDigest.each(files)), null);
    }

    static Candidate of(Release release) {
        return new Candidate(
                release.archive().files(), release.archive().manifest().content(), release);
    }
}
