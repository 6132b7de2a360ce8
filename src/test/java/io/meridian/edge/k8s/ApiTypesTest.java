package io.meridian.edge.k8s;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes the API server would refuse, or silently drop, are told. Each is planted in a manifest that is fine. */
class ApiTypesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "Deployment|/spec/replica|2|Unrecognized field \"replica\"",
                "Deployment|/spec/template/spec/containers/0/readynessProbe|{}|Unrecognized field \"readynessProbe\"",
                "Deployment|/spec/template/spec/containers/0/securityContext/privilegeEscalation|false|Unrecognized field",
                "Deployment|/spec/template/spec/containers/0/image|null|containers[0].image is missing",
                "Deployment|/spec/template/spec/containers/0/ports/0/containerPort|'8080'|Cannot coerce",
                "Deployment|/spec/template/spec/containers/0/env|[{name: A, value: 8080}]|coerce",
                "Deployment|/spec/template/spec/containers/0/env|[{name: A, value: true}]|coerce",
                "Deployment|/spec/template/spec/containers/0/imagePullPolicy|Sometimes|'Sometimes' is none of",
                "Deployment|/spec/template/spec/containers/0/resources/requests/cpu|two|two",
                "Deployment|/spec/template/spec/securityContext/runAsUser|meridian|runAsUser",
                "Deployment|/spec/template/spec/securityContext/runAsUser|1.5|runAsUser",
                "Deployment|/spec/template/spec/securityContext/seccompProfile/type|Runtime|'Runtime' is none of",
                "Deployment|/spec/template/spec/topologySpreadConstraints/0/whenUnsatisfiable|Never|'Never' is none of",
                "Deployment|/spec/template/spec/volumes/3/emptyDir/sizeLimit|null|emptyDir.sizeLimit is missing",
                "Deployment|/spec/selector|null|spec.selector is missing",
                "Deployment|/apiVersion|apps/v1beta1|no type of the API is known for apps/v1beta1 Deployment",
                "Service|/spec/ports/0/targetport|9000|Unrecognized field \"targetport\"",
                "Service|/spec/trafficDistribution|Near|'Near' is none of",
                "HorizontalPodAutoscaler|/spec/metrics/0/type|Pod|'Pod' is none of",
                "HorizontalPodAutoscaler|/spec/maxReplicas|null|spec.maxReplicas is missing",
                "HorizontalPodAutoscaler|/spec/behavior/scaleDown/policies/0/periodSeconds|null|periodSeconds is missing",
                "NetworkPolicy|/spec/egress/0/ports|null|egress[0].ports is missing",
                "NetworkPolicy|/spec/egress/0/to|[]|egress[0].to is missing",
                "NetworkPolicy|/spec/egress/0/to/0/ipBlock|{except: []}|ipBlock.cidr is missing",
                "NetworkPolicy|/spec/policyTypes|[Outgoing]|'Outgoing' is none of",
                "NetworkPolicy|/spec/podSelector|null|spec.podSelector is missing",
                "PodDisruptionBudget|/spec/minimum|1|Unrecognized field \"minimum\"",
                "ServiceMonitor|/spec/endpoint|[]|Unrecognized field \"endpoint\"",
            })
    void mistakeIsTold(String kind, String pointer, String value, String told) {
        ObjectNode object = (ObjectNode) Kustomization.build(Path.of("k8s/overlays/eu-central")).stream()
                .filter(each -> Resources.kind(each).equals(kind)
                        && Resources.name(each).equals("meridian"))
                .findFirst()
                .orElseThrow();
        assertTrue(ApiTypes.problems(object).isEmpty());
        JsonNode planted = ManifestYaml.parse("[{op: add, path: " + pointer + ", value: " + value + "}]", "test")
                .get(0);
        JsonPatch.apply(object, planted, "test");
        List<String> problems = ApiTypes.problems(object);
        assertTrue(problems.stream().anyMatch(problem -> problem.contains(told)), () -> "not told: " + problems);
    }
}
