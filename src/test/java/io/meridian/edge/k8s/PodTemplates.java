package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;

/** Where objects keep the template of their pods. */
final class PodTemplates {
    private PodTemplates() {}

    /** The template of an object's pods; a missing node if it has none. */
    static JsonNode of(JsonNode object) {
        JsonNode spec = object.path("spec");
        return isRunOnce(object) ? spec.path("jobTemplate").path("spec").path("template") : spec.path("template");
    }

    /** True for what runs to its end: it has no probes, nothing calls it. */
    static boolean isRunOnce(JsonNode object) {
        return object.path("spec").has("jobTemplate");
    }
}
