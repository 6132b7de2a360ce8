package io.meridian.edge.adapter.http;

import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.bundle.Market;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.DecisionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether and how a decision may be kept by caches that many visitors share (RFC 9111). */
final class SharedAnswer {
    /** The longest time, seconds: also how late a shared cache may learn of a new bundle. */
    static final int MAX_SECONDS = 60;

    private SharedAnswer() {}

    /**
     * How long it may be kept, in seconds; 0 if not at all.
     *
     * @param now epoch milliseconds
     */
    static int seconds(DecisionRequest request, Decision decision, long now) {
        if (!request.subjects().isEmpty()
                || decision.degraded() != 0
                || decision.privacy().personalised()
                || !decision.cache().shared()
                || decision.placements().stream().anyMatch(Decision.PlacementDecision::drawn)) {
            return 0;
        }
        long until = decision.cache().until();
        return until <= now ? 0 : (int) Math.min(MAX_SECONDS, (until - now) / 1000);
    }

    /**
     * The headers the answer may depend on. What the query settles is in the address and needs none; the country decides on the law
     * and so always counts; so do subject and consent.
     */
    static String vary(Decision decision, Bundle bundle, Map<String, List<String>> query) {
        List<String> fields = decision.cache().contextFields();
        List<String> headers = new ArrayList<>();
        if (!query.containsKey("country")) {
            headers.addAll(EdgeHeaders.COUNTRY);
            if (!query.containsKey("subdivision")) {
                headers.addAll(EdgeHeaders.SUBDIVISION);
            }
        }
        if (!query.containsKey("device") && fields.contains("device")) {
            headers.addAll(EdgeHeaders.DEVICE);
        }
        Market market = bundle.markets().get(decision.market());
        boolean oneLanguage = market != null && market.languages().size() == 1;
        if (!query.containsKey("locale") && (!oneLanguage || fields.contains("locale"))) {
            headers.add(EdgeHeaders.LOCALE);
        }
        headers.add(EdgeRequest.SUBJECT);
        headers.add(Writes.HOME_REGION);
        headers.addAll(ConsentHeaders.ALL);
        return String.join(", ", headers);
    }
}
