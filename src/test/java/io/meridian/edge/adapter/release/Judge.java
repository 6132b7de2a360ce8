package io.meridian.edge.adapter.release;

import io.meridian.edge.core.release.Arrival;
import io.meridian.edge.core.release.ContentDigest;
import io.meridian.edge.core.release.Refusal;
import io.meridian.edge.core.release.Refusal.Code;
import io.meridian.edge.core.release.ReleaseCheck;
import io.meridian.edge.core.release.Scopes;
import io.meridian.edge.core.release.TrustPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** An edge on which a configuration is active, as far as it takes bundles or not. */
record Judge(SortedMap<String, byte[]> active, long highestRevision, TrustPolicy trust, Instant now) {
    /** Why it does not take these bytes; empty if it does. */
    List<Refusal> refusals(byte[] bytes) {
        try {
            Archive archive = Archive.read(bytes);
            SortedMap<String, String> before = ContentDigest.each(active);
            ReleaseCheck.Result result = ReleaseCheck.check(new ReleaseCheck.Input(
                    Arrival.PUSHED,
                    archive.manifest(),
                    archive.manifest().revision(),
                    archive.signatures(trust),
                    trust,
                    Scopes.changedPaths(before, archive.manifest().digests()),
                    Set.of(),
                    ContentDigest.of(before),
                    highestRevision,
                    now));
            return result instanceof ReleaseCheck.Result.Refused refused ? refused.refusals() : List.of();
        } catch (ReleaseRefused refused) {
            return List.of(refused.refusal());
        }
    }

    List<Code> codes(byte[] bytes) {
        return refusals(bytes).stream().map(Refusal::code).toList();
    }
}
