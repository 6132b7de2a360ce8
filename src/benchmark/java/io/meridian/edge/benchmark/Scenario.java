package io.meridian.edge.benchmark;

import java.util.List;

/**
 * One kind of request.
 *
 * @param name as reported
 * @param path of the route
 * @param bodies sent in turn; empty for a GET
 * @param candidates how many candidates the decision on each of the first bodies has to rank; empty where that is not asked
 */
record Scenario(String name, String path, List<String> bodies, List<Integer> candidates) {
    /** Nothing is sent. */
    static Scenario get(String name, String path) {
        return new Scenario(name, path, List.of(), List.of());
    }

    boolean get() {
        return bodies.isEmpty();
    }

    /** On average; 0 where that is not asked. */
    double meanCandidates() {
        return candidates.stream().mapToInt(each -> each).average().orElse(0);
    }
}
