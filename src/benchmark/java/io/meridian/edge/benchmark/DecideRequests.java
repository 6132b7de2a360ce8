package io.meridian.edge.benchmark;

import io.meridian.edge.adapter.demo.DemoConsentString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Bodies of {@code POST /v1/decide} from visitors who have consented to everything. */
final class DecideRequests {
    static final String PATH = "/v1/decide";

    private final String tcf = DemoConsentString.of(Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), Instant.now());
    private final List<String> bodies = new ArrayList<>();

    /** @param attributes the context's, as the inside of a JSON object */
    void add(String market, String customer, String device, String attributes) {
        bodies.add("{\"requestId\":\"r-" + bodies.size() + "\",\"subject\":{\"ids\":[{\"ns\":\"customer\",\"id\":\""
                + customer + "\"}]},\"placements\":[{\"id\":\"" + BundleGenerator.PLACEMENT
                + "\",\"count\":1}],\"context\":{\"market\":\""
                + market + "\",\"country\":\"DE\",\"locale\":\"en\",\"channel\":\"web\",\"device\":\"" + device
                + "\",\"attributes\":{" + attributes + "}},\"consent\":{\"gdpr\":true,\"tcf\":\"" + tcf + "\"}}");
    }

    List<String> bodies() {
        return List.copyOf(bodies);
    }
}
