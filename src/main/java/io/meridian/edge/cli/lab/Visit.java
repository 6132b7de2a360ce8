package io.meridian.edge.cli.lab;

import io.meridian.edge.adapter.redis.MemoryProfileStore.Impression;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.StoredConsent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, and what a region's Redis would know of whoever makes it.
 *
 * @param request as a caller sends it
 * @param profile {@code Boolean Long Double String List<String>} by attribute name; read only if the request names somebody
 * @param stored the stored consent, null if there is none
 * @param impressions what the visitor was shown, oldest first
 * @param at when, epoch milliseconds
 * @param region which region is asked; null leaves it to {@link Regions#of}
 */
public record Visit(
        DecisionRequest request,
        Map<String, Object> profile,
        @Nullable StoredConsent stored,
        List<Impression> impressions,
        long at,
        @Nullable String region) {

    /** The same, answered with as much explanation as there is. */
    public Visit explained() {
        DecisionRequest.Options options = new DecisionRequest.Options(
                io.meridian.edge.core.model.Explain.FULL,
                true,
                request.options().deadlineMs());
        DecisionRequest asked = new DecisionRequest(
                request.requestId(),
                request.subjects(),
                request.homeRegion(),
                request.placements(),
                request.context(),
                request.consent(),
                options);
        return new Visit(asked, profile, stored, impressions, at, region);
    }
}
