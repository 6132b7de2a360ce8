package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The restricted Pod Security Standard, and what Meridian asks of pods beyond it. */
final class Hardening {
    private static final Set<String> VOLUMES = Set.of("name", "configMap", "secret", "emptyDir");
    private static final Set<String> REFUSED = Set.of(
            "hostNetwork",
            "hostPID",
            "hostIPC",
            "hostAliases",
            "ephemeralContainers",
            "serviceAccountName",
            "shareProcessNamespace");

    private final String id;
    private final List<String> problems = new ArrayList<>();

    private Hardening(String id) {
        this.id = id;
    }

    /** What of a workload's pods is laxer. */
    static List<String> problems(JsonNode workload) {
        Hardening hardening = new Hardening(Resources.id(workload));
        JsonNode template = PodTemplates.of(workload);
        hardening.pod(template.path("spec"));
        List<JsonNode> containers = Wiring.containers(template);
        template.path("spec").path("initContainers").forEach(containers::add);
        containers.forEach(hardening::container);
        return hardening.problems;
    }

    private void pod(JsonNode pod) {
        for (String field : REFUSED) {
            require(!pod.has(field), field + " is given");
        }
        JsonNode security = pod.path("securityContext");
        require(isFalse(pod.path("automountServiceAccountToken")), "a token of the Kubernetes API is mounted");
        require(
                isFalse(pod.path("enableServiceLinks")),
                "Services become environment variables, MERIDIAN_PORT among them");
        require(isTrue(security.path("runAsNonRoot")), "runAsNonRoot is not true");
        require(security.path("runAsUser").asInt() > 0, "runAsUser is no number above 0");
        require(security.path("runAsGroup").asInt() > 0, "runAsGroup is no number above 0");
        require(
                "RuntimeDefault"
                        .equals(security.path("seccompProfile").path("type").asText()),
                "seccompProfile is not RuntimeDefault");
        require(
                pod.path("nodeSelector").has("topology.kubernetes.io/region"),
                "it may run on nodes of any region (nodeSelector topology.kubernetes.io/region)");
        for (JsonNode volume : pod.path("volumes")) {
            volume.fieldNames()
                    .forEachRemaining(name -> require(VOLUMES.contains(name), "a volume of the kind " + name));
        }
    }

    private void container(JsonNode container) {
        String name = container.path("name").asText() + ": ";
        JsonNode security = container.path("securityContext");
        require(isFalse(security.path("allowPrivilegeEscalation")), name + "allowPrivilegeEscalation is not false");
        require(isTrue(security.path("readOnlyRootFilesystem")), name + "readOnlyRootFilesystem is not true");
        require(
                security.path("capabilities").path("drop").toString().equals("[\"ALL\"]")
                        && !security.path("capabilities").has("add"),
                name + "capabilities are kept");
        for (String field : List.of("privileged", "procMount", "runAsUser", "runAsNonRoot", "seccompProfile")) {
            require(!security.has(field), name + field + " is given for the container alone");
        }
        container.path("ports").forEach(port -> require(!port.has("hostPort"), name + "hostPort is given"));
        JsonNode limits = container.path("resources").path("limits");
        JsonNode requests = container.path("resources").path("requests");
        require(
                limits.has("memory") && limits.path("memory").equals(requests.path("memory")),
                name + "memory asked for is not memory allowed");
        require(requests.has("cpu"), name + "no CPU is asked for");
        String image = container.path("image").asText();
        require(
                image.contains("/") && image.matches(".*(:[^:/]+|@sha256:[0-9a-f]{64})") && !image.endsWith(":latest"),
                name + "the image " + image + " has no registry, or no version");
    }

    private static boolean isTrue(JsonNode value) {
        return value.isBoolean() && value.booleanValue();
    }

    private static boolean isFalse(JsonNode value) {
        return value.isBoolean() && !value.booleanValue();
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(id + ": " + problem);
        }
    }
}
