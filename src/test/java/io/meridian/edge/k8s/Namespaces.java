package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** {@code namespace}: all objects into it, and the Namespace by its name. */
final class Namespaces {
    /** Those used here that live in a namespace. Another kind is refused: it may not, or may name a namespace in its spec. */
    static final Set<String> NAMESPACED = Set.of(
            "ConfigMap",
            "CronJob",
            "Deployment",
            "HorizontalPodAutoscaler",
            "NetworkPolicy",
            "PodDisruptionBudget",
            "PrometheusRule",
            "Service",
            "ServiceMonitor",
            "StatefulSet");

    private Namespaces() {}

    static void set(List<ObjectNode> objects, String namespace) {
        for (ObjectNode object : objects) {
            ObjectNode metadata = (ObjectNode) object.path("metadata");
            if ("Namespace".equals(Resources.kind(object))) {
                metadata.put("name", namespace);
            } else {
                Shape.require(
                        NAMESPACED.contains(Resources.kind(object)),
                        Resources.id(object) + ": is this kind one that lives in a namespace?");
                metadata.put("namespace", namespace);
            }
        }
    }
}
