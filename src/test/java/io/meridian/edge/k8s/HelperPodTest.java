package io.meridian.edge.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The pod that operators start by hand is as restricted as the service's, and is to the network what they are. */
class HelperPodTest {
    private static final Region REGION = Region.all().get(0);

    private final JsonNode pod = pod();

    private static JsonNode pod() {
        String text = ManifestYaml.text(Region.K8S.resolve("helper.yaml"))
                .replace("REGION", REGION.id())
                .replace("NODES", REGION.id() + "-1")
                .replace("IMAGE", "registry.example/meridian:1");
        return ManifestYaml.parse(text, "helper.yaml").get(0);
    }

    @Test
    void itIsOfItsType() {
        assertEquals(List.of(), ApiTypes.problems(pod));
        List<String> problems = new ArrayList<>();
        Names.check((ObjectNode) pod, problems);
        assertEquals(List.of(), problems);
    }

    @Test
    void itIsRestricted() {
        ObjectNode workload = JsonNodeFactory.instance.objectNode();
        workload.putObject("spec").set("template", pod);
        assertEquals(List.of(), Hardening.problems(workload));
    }

    @Test
    void policiesTakeItForOneOfTheService() {
        JsonNode template = PodTemplates.of(REGION.one("Deployment", "meridian"));
        assertEquals(Selector.labels(template), Selector.labels(pod));
    }

    @Test
    void itMountsOnlySecretsThatOperatorsMake() {
        Set<String> made = Wiring.OPERATORS_SECRETS.keySet();
        for (JsonNode volume : pod.path("spec").path("volumes")) {
            String secret = volume.path("secret").path("secretName").asText();
            assertEquals(volume.has("secret"), made.contains(secret), secret);
        }
    }
}
