package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a connection begins or ends: pods of one kind in one namespace.
 *
 * @param region whose it is
 * @param what for messages
 * @param namespace the namespace's name
 * @param namespaceLabels its labels
 * @param labels the pods' labels
 */
record Place(
        String region, String what, String namespace, Map<String, String> namespaceLabels, Map<String, String> labels) {
    private static final String REGION = "meridian.io/region";
    private static final String ROLE = "meridian.io/role";

    /** The pods that an overlay runs. */
    static List<Place> ofOverlay(Region region) {
        String namespace = "meridian-" + region;
        List<Place> places = new ArrayList<>();
        for (JsonNode workload : region.workloads()) {
            places.add(new Place(
                    region.id(),
                    Resources.id(workload),
                    namespace,
                    named(namespace, Selector.labels(region.one("Namespace", namespace))),
                    Selector.labels(PodTemplates.of(workload))));
        }
        return places;
    }

    /** What stands around an overlay in its region, labelled as k8s/README.md tells operators to. */
    static List<Place> around(String region) {
        List<Place> places = new ArrayList<>();
        places.add(around(region, "gateway", Map.of("app.kubernetes.io/name", "gateway")));
        places.add(around(region, "monitoring", Map.of("app.kubernetes.io/name", "prometheus")));
        places.add(around(region, "release", Map.of("app.kubernetes.io/name", "pipeline")));
        places.add(around(
                region, "telemetry", Map.of("app.kubernetes.io/name", "opentelemetry-collector", REGION, region)));
        return places;
    }

    /**
     * Pods of a region that claim to be of another: by their own labels they are what a policy there looks for. Only a pod's namespace says
     * where it is, for only administrators label that.
     */
    static List<Place> impostors(String region, String claimed) {
        List<Place> places = new ArrayList<>();
        for (String name : List.of("meridian", "redis", "redis-sentinel", "opentelemetry-collector")) {
            Map<String, String> labels =
                    Map.of("app.kubernetes.io/name", name, "meridian.io/uses-redis", "true", REGION, claimed);
            for (String role : List.of("gateway", "monitoring", "release", "telemetry")) {
                places.add(around(region, role, labels));
            }
        }
        return places;
    }

    private static Place around(String region, String role, Map<String, String> labels) {
        String namespace = role + "-" + region;
        return new Place(region, role, namespace, named(namespace, Map.of(ROLE, role, REGION, region)), labels);
    }

    /** The cluster's resolver, which is of no region. */
    static Place dns() {
        return new Place("", "DNS", "kube-system", named("kube-system", Map.of()), Map.of("k8s-app", "kube-dns"));
    }

    /** Some pod of the cluster that nobody meant. */
    static Place stranger() {
        return new Place("", "a stranger", "default", named("default", Map.of()), Map.of());
    }

    private static Map<String, String> named(String namespace, Map<String, String> labels) {
        Map<String, String> all = new HashMap<>(labels);
        all.put("kubernetes.io/metadata.name", namespace);
        return all;
    }

    @Override
    public String toString() {
        return what + " in " + namespace;
    }
}
