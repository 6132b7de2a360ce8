package io.meridian.edge.benchmark;

import io.meridian.edge.core.profile.AttributeContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a service is started with and asked for. */
interface Workload {
    /** Writes the configuration into an empty folder; its contract. */
    AttributeContract write(Path config) throws IOException;

    /** Who is stored: attributes by the customer's id. */
    Map<String, Map<String, Object>> profiles();

    /** The kinds of decisions; not empty. */
    List<Scenario> decisions();

    /** What the service's JVM needs for it; empty for nothing in particular. */
    List<String> jvmArguments();
}
