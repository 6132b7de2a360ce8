package io.meridian.edge.benchmark;

import java.util.List;

/**
 * One kind of request.
 *
 * @param name as reported
 * @param path of the route
 * @param bodies sent in turn; empty for a GET
 * @param candidates how many candidates a decision has to rank; 0 where that is not asked
 */
record Scenario(String name, String path, List<String> bodies, int candidates) {
    boolean get() {
        return bodies.isEmpty();
    }
}
