package io.meridian.edge.k8s;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The fields that each type of the API requires, of the types that are used in {@code k8s/}. */
final class Required {
    /** By the type's simple name. */
    static final Map<String, Set<String>> FIELDS = new TreeMap<>();

    static {
        // metadata.name is what an object cannot be without; the models call the whole ObjectMeta.
        of("ObjectMeta");
        of("Namespace", "apiVersion", "kind", "metadata");
        of("ConfigMap", "apiVersion", "kind", "metadata", "data");
        of("Service", "apiVersion", "kind", "metadata", "spec");
        of("ServiceSpec", "ports", "selector");
        of("ServicePort", "name", "port", "targetPort");
        of("Deployment", "apiVersion", "kind", "metadata", "spec");
        of("DeploymentSpec", "selector", "template");
        of("DeploymentStrategy", "type");
        of("RollingUpdateDeployment");
        of("StatefulSet", "apiVersion", "kind", "metadata", "spec");
        of("StatefulSetSpec", "selector", "template", "serviceName");
        of("CronJob", "apiVersion", "kind", "metadata", "spec");
        of("CronJobSpec", "schedule", "suspend", "jobTemplate");
        of("JobTemplateSpec", "spec");
        of("JobSpec", "template");
        of("PodTemplateSpec", "metadata", "spec");
        pods();
        volumes();
        of("LabelSelector");
        of("LabelSelectorRequirement", "key", "operator");
        autoscaling();
        of("PodDisruptionBudget", "apiVersion", "kind", "metadata", "spec");
        of("PodDisruptionBudgetSpec", "selector");
        of("NetworkPolicy", "apiVersion", "kind", "metadata", "spec");
        // Without policyTypes it depends on what else is written whether egress is meant.
        of("NetworkPolicySpec", "podSelector", "policyTypes");
        // Without a peer, or without a port, everything is meant.
        of("NetworkPolicyIngressRule", "from", "ports");
        of("NetworkPolicyEgressRule", "to", "ports");
        of("NetworkPolicyPeer");
        of("NetworkPolicyPort", "protocol", "port");
        of("IPBlock", "cidr");
        of("ServiceMonitor", "apiVersion", "kind", "metadata", "spec");
        of("ServiceMonitorSpec", "endpoints", "selector");
        of("Endpoint", "port", "path");
        of("RelabelConfig");
        of("PrometheusRule", "apiVersion", "kind", "metadata", "spec");
        of("PrometheusRuleSpec", "groups");
        of("RuleGroup", "name", "rules");
        of("Rule", "expr");
    }

    private Required() {}

    private static void pods() {
        of("Pod", "apiVersion", "kind", "metadata", "spec");
        of("PodSpec", "containers");
        of("PodSecurityContext");
        of("SeccompProfile", "type");
        of("TopologySpreadConstraint", "maxSkew", "topologyKey", "whenUnsatisfiable", "labelSelector");
        of("Container", "name", "image", "resources", "securityContext");
        of("ContainerPort", "name", "containerPort");
        of("EnvFromSource");
        of("ConfigMapEnvSource", "name");
        of("EnvVar", "name");
        of("EnvVarSource");
        of("ObjectFieldSelector", "fieldPath");
        of("Probe", "periodSeconds", "timeoutSeconds");
        of("HTTPGetAction", "path", "port");
        of("TCPSocketAction", "port");
        of("ExecAction", "command");
        of("Lifecycle");
        of("LifecycleHandler");
        of("SleepAction", "seconds");
        of("ResourceRequirements", "requests", "limits");
        of("SecurityContext");
        of("Capabilities");
    }

    private static void volumes() {
        of("VolumeMount", "name", "mountPath");
        of("Volume", "name");
        of("SecretVolumeSource", "secretName");
        of("ConfigMapVolumeSource", "name");
        of("EmptyDirVolumeSource", "sizeLimit");
        of("KeyToPath", "key", "path");
        of("PersistentVolumeClaim", "metadata", "spec");
        of("PersistentVolumeClaimSpec", "accessModes", "resources");
        of("VolumeResourceRequirements", "requests");
    }

    private static void autoscaling() {
        of("HorizontalPodAutoscaler", "apiVersion", "kind", "metadata", "spec");
        of("HorizontalPodAutoscalerSpec", "scaleTargetRef", "minReplicas", "maxReplicas", "metrics");
        of("CrossVersionObjectReference", "apiVersion", "kind", "name");
        of("MetricSpec", "type");
        of("PodsMetricSource", "metric", "target");
        of("ResourceMetricSource", "name", "target");
        of("MetricIdentifier", "name");
        of("MetricTarget", "type");
        of("HorizontalPodAutoscalerBehavior");
        of("HPAScalingRules");
        of("HPAScalingPolicy", "type", "value", "periodSeconds");
    }

    private static void of(String type, String... fields) {
        FIELDS.put(type, Set.of(fields));
    }
}
