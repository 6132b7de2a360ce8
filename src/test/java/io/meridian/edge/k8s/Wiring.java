package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether the objects of a region fit together: selectors, ports, volumes, references. */
final class Wiring {
    /** The Secrets that operators make, and their keys; k8s/README.md tells how. */
    static final Map<String, Set<String>> OPERATORS_SECRETS = Map.of(
            "meridian-keys", Set.of("region-key", "api-keys", "admin-keys"),
            "meridian-redis", Set.of("password", "ca.crt"),
            "redis-server",
                    Set.of(
                            "users.acl",
                            "tls.crt",
                            "tls.key",
                            "ca.crt",
                            "replication.conf",
                            "sentinel-users.acl",
                            "sentinel-auth.conf"));

    private final Region region;
    private final List<String> problems = new ArrayList<>();

    private Wiring(Region region) {
        this.region = region;
    }

    static List<String> problems(Region region) {
        Wiring wiring = new Wiring(region);
        region.workloads().forEach(wiring::workload);
        region.kind("Service").forEach(wiring::service);
        region.kind("ServiceMonitor").forEach(wiring::serviceMonitor);
        region.kind("PodDisruptionBudget").forEach(wiring::disruptionBudget);
        region.kind("HorizontalPodAutoscaler").forEach(wiring::autoscaler);
        region.kind("NetworkPolicy").forEach(wiring::networkPolicy);
        return wiring.problems;
    }

    private void workload(JsonNode workload) {
        String id = Resources.id(workload);
        JsonNode spec = workload.path("spec");
        JsonNode template = PodTemplates.of(workload);
        require(
                PodTemplates.isRunOnce(workload) || Selector.matches(spec.path("selector"), Selector.labels(template)),
                id + ": its selector does not match its template's labels");
        Set<String> volumes = new TreeSet<>();
        template.path("spec")
                .path("volumes")
                .forEach(volume -> volumes.add(volume.path("name").asText()));
        template.path("spec").path("volumes").forEach(volume -> reference(id, volume));
        spec.path("volumeClaimTemplates")
                .forEach(
                        claim -> volumes.add(claim.path("metadata").path("name").asText()));
        if (spec.has("serviceName")) {
            require(
                    exists("Service", spec.path("serviceName").asText()),
                    id + ": there is no Service " + spec.path("serviceName"));
        }
        Set<String> mounted = new HashSet<>();
        for (JsonNode container : containers(template)) {
            String name = id + "/" + container.path("name").asText();
            container(name, container, volumes, mounted);
            if (!PodTemplates.isRunOnce(workload)) {
                probes(name, container);
            }
        }
        for (String volume : volumes) {
            require(mounted.contains(volume), id + ": nothing mounts the volume " + volume);
        }
    }

    private void container(String id, JsonNode container, Set<String> volumes, Set<String> mounted) {
        Set<String> paths = new HashSet<>();
        for (JsonNode mount : container.path("volumeMounts")) {
            String volume = mount.path("name").asText();
            mounted.add(volume);
            require(volumes.contains(volume), id + ": there is no volume " + volume);
            require(
                    paths.add(mount.path("mountPath").asText()),
                    id + ": two volumes at " + mount.path("mountPath").asText());
        }
        for (JsonNode source : container.path("envFrom")) {
            String name = source.path("configMapRef").path("name").asText();
            require(exists("ConfigMap", name), id + ": there is no ConfigMap " + name);
        }
    }

    private void probes(String id, JsonNode container) {
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            JsonNode handler = container.path(probe);
            require(!handler.isMissingNode(), id + " has no " + probe);
            require(
                    (handler.has("httpGet") ? 1 : 0)
                                    + (handler.has("tcpSocket") ? 1 : 0)
                                    + (handler.has("exec") ? 1 : 0)
                            == 1,
                    id + ": " + probe + " asks in one way");
            for (String way : List.of("httpGet", "tcpSocket")) {
                if (handler.has(way)) {
                    port(container, handler.path(way).path("port"), id + ": " + probe);
                }
            }
        }
    }

    private void reference(String id, JsonNode volume) {
        String configMap = volume.path("configMap").path("name").asText();
        require(configMap.isEmpty() || exists("ConfigMap", configMap), id + ": there is no ConfigMap " + configMap);
        String secret = volume.path("secret").path("secretName").asText();
        require(
                secret.isEmpty() || OPERATORS_SECRETS.containsKey(secret),
                id + ": the Secret " + secret + " is not among those that operators are told to make");
    }

    private void service(JsonNode service) {
        for (String field : List.of("type", "externalName", "externalIPs", "loadBalancerIP")) {
            require(
                    !service.path("spec").has(field),
                    Resources.id(service) + ": " + field + " is given; the gateway is the only way in");
        }
        JsonNode workload = selected(Resources.id(service), service.path("spec").path("selector"), true);
        if (workload == null) {
            return;
        }
        for (JsonNode port : service.path("spec").path("ports")) {
            require(
                    anyHasPort(workload, port.path("targetPort")),
                    Resources.id(service) + ": no container has the port " + port.path("targetPort"));
        }
    }

    private void serviceMonitor(JsonNode monitor) {
        for (JsonNode endpoint : monitor.path("spec").path("endpoints")) {
            int found = 0;
            for (JsonNode service : region.kind("Service")) {
                if (Selector.matches(monitor.path("spec").path("selector"), Selector.labels(service))) {
                    for (JsonNode port : service.path("spec").path("ports")) {
                        found += port.path("name").equals(endpoint.path("port")) ? 1 : 0;
                    }
                }
            }
            require(
                    found == 1,
                    Resources.id(monitor) + ": the port " + endpoint.path("port") + " is at " + found
                            + " of the Services it selects, not at one");
        }
    }

    private void disruptionBudget(JsonNode budget) {
        selected(Resources.id(budget), budget.path("spec").path("selector"), false);
    }

    private void autoscaler(JsonNode autoscaler) {
        JsonNode target = autoscaler.path("spec").path("scaleTargetRef");
        JsonNode workload =
                region.one(target.path("kind").asText(), target.path("name").asText());
        require(workload.path("apiVersion").equals(target.path("apiVersion")), "the autoscaler's target: apiVersion");
        require(!workload.path("spec").has("replicas"), "with an autoscaler a workload has no replicas of its own");
    }

    private void networkPolicy(JsonNode policy) {
        JsonNode selector = policy.path("spec").path("podSelector");
        if (selector.isEmpty()) {
            return;
        }
        List<ObjectNode> taken = region.workloads().stream()
                .filter(workload -> Selector.matches(selector, Selector.labels(PodTemplates.of(workload))))
                .toList();
        require(!taken.isEmpty(), Resources.id(policy) + ": its selector takes no pods");
        for (JsonNode rule : policy.path("spec").path("ingress")) {
            for (JsonNode port : rule.path("ports")) {
                for (JsonNode workload : taken) {
                    require(
                            anyHasPort(workload, port.path("port")),
                            Resources.id(policy) + ": no container has the port " + port.path("port"));
                }
            }
        }
    }

    /** The one workload whose pods a selector takes; null, and a problem, unless it is one. */
    private JsonNode selected(String id, JsonNode selector, boolean plain) {
        List<? extends JsonNode> found = region.workloads().stream()
                .filter(workload -> {
                    Map<String, String> labels = Selector.labels(PodTemplates.of(workload));
                    return plain ? Selector.matchesAll(selector, labels) : Selector.matches(selector, labels);
                })
                .toList();
        require(found.size() == 1, id + ": its selector takes the pods of " + found.size() + " workloads, not of one");
        return found.size() == 1 ? found.get(0) : null;
    }

    private void port(JsonNode container, JsonNode port, String what) {
        require(hasPort(container, port), what + ": the container has no port " + port);
    }

    private static boolean anyHasPort(JsonNode workload, JsonNode port) {
        return containers(PodTemplates.of(workload)).stream().anyMatch(container -> hasPort(container, port));
    }

    private static boolean hasPort(JsonNode container, JsonNode port) {
        boolean found = false;
        for (JsonNode own : container.path("ports")) {
            found |= port.isTextual()
                    ? own.path("name").equals(port)
                    : own.path("containerPort").equals(port);
        }
        return found;
    }

    /** All containers of a template. */
    static List<JsonNode> containers(JsonNode template) {
        List<JsonNode> containers = new ArrayList<>();
        template.path("spec").path("containers").forEach(containers::add);
        return containers;
    }

    private boolean exists(String kind, String name) {
        return region.kind(kind).stream()
                .anyMatch(object -> Resources.name(object).equals(name));
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
