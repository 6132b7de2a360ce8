package io.meridian.edge.k8s;

import java.util.Map;
import java.util.Set;

/** The texts that fields of the API take where it takes only some, of the types that are used in {@code k8s/}. */
final class Allowed {
    /** By the type's simple name and the field. */
    static final Map<String, Set<String>> VALUES = Map.ofEntries(
            Map.entry("Container.imagePullPolicy", Set.of("Always", "IfNotPresent", "Never")),
            Map.entry("ContainerPort.protocol", Set.of("TCP", "UDP", "SCTP")),
            Map.entry("HTTPGetAction.scheme", Set.of("HTTP", "HTTPS")),
            Map.entry("SeccompProfile.type", Set.of("RuntimeDefault", "Localhost", "Unconfined")),
            Map.entry("TopologySpreadConstraint.whenUnsatisfiable", Set.of("DoNotSchedule", "ScheduleAnyway")),
            Map.entry("PodSpec.dnsPolicy", Set.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")),
            Map.entry("PodSpec.restartPolicy", Set.of("Always", "OnFailure", "Never")),
            Map.entry("PodSecurityContext.fsGroupChangePolicy", Set.of("OnRootMismatch", "Always")),
            Map.entry("CronJobSpec.concurrencyPolicy", Set.of("Allow", "Forbid", "Replace")),
            Map.entry("DeploymentStrategy.type", Set.of("RollingUpdate", "Recreate")),
            Map.entry("StatefulSetSpec.podManagementPolicy", Set.of("OrderedReady", "Parallel")),
            Map.entry(
                    "PersistentVolumeClaimSpec.accessModes",
                    Set.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod")),
            Map.entry("ServiceSpec.type", Set.of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName")),
            Map.entry("ServiceSpec.trafficDistribution", Set.of("PreferClose", "PreferSameZone", "PreferSameNode")),
            Map.entry("ServicePort.protocol", Set.of("TCP", "UDP", "SCTP")),
            Map.entry("MetricSpec.type", Set.of("Pods", "Resource", "ContainerResource", "Object", "External")),
            Map.entry("MetricTarget.type", Set.of("Utilization", "Value", "AverageValue")),
            Map.entry("HPAScalingRules.selectPolicy", Set.of("Max", "Min", "Disabled")),
            Map.entry("HPAScalingPolicy.type", Set.of("Pods", "Percent")),
            Map.entry("PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy", Set.of("IfHealthyBudget", "AlwaysAllow")),
            Map.entry("NetworkPolicySpec.policyTypes", Set.of("Ingress", "Egress")),
            Map.entry("NetworkPolicyPort.protocol", Set.of("TCP", "UDP", "SCTP")),
            Map.entry("LabelSelectorRequirement.operator", Set.of("In", "NotIn", "Exists", "DoesNotExist")));

    private Allowed() {}
}
