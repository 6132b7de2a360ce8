package io.meridian.edge.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.meridian.edge.k8s.NetworkRules.Direction;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No overlay can reach another region, and within a region only what has to be reached can be. */
class ResidenceTest {
    static List<Region> regions() {
        return Region.all();
    }

    @Test
    void noRegionReachesAnother() {
        assertEquals(List.of(), Residence.problems(regions()));
    }

    /** Leaks, planted in eu-central: the proof has to find each. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "NetworkPolicy meridian|/spec/egress/0/to/0/namespaceSelector/matchLabels/meridian.io~1region|us-east"
                        + "|Deployment meridian in meridian-eu-central may reach telemetry in telemetry-us-east: NetworkPolicy meridian egress[0]",
                "NetworkPolicy meridian|/spec/egress/0/to/0/namespaceSelector|{}|a namespaceSelector names no region",
                "NetworkPolicy meridian|/spec/egress/0/to/0/namespaceSelector/matchLabels|{meridian.io/role: telemetry}"
                        + "|a namespaceSelector names no region",
                "NetworkPolicy meridian|/spec/egress/-|{ports: [{protocol: TCP, port: 6379}]}"
                        + "|Deployment meridian in meridian-eu-central may reach Deployment meridian in meridian-us-east",
                "NetworkPolicy dns|/spec/egress/0/ports/-|{protocol: TCP, port: 443}|a namespaceSelector names no region",
                "NetworkPolicy dns|/spec/egress/0/to/0/podSelector|{}|a podSelector names no region",
                "NetworkPolicy meridian|/spec/ingress/0/from/0/namespaceSelector/matchLabels|{meridian.io/role: gateway}"
                        + "|Deployment meridian in meridian-eu-central may be reached from gateway in gateway-us-east",
                "NetworkPolicy meridian-to-bundle-host|/spec/egress/0/to/0/ipBlock/cidr|0.0.0.0/0"
                        + "|0.0.0.0/0 is not within the region's network, it has addresses of ap-south",
                "NetworkPolicy meridian-to-bundle-host|/spec/egress/0/to/0/ipBlock/cidr|10.68.16.0/28|addresses of us-east",
                "NetworkPolicy meridian-to-bundle-host|/spec/egress/0/to/0/ipBlock/cidr|10.64.0.0/13|addresses of us-east",
                "NetworkPolicy meridian-to-bundle-host|/spec/egress/0/to/0/ipBlock/cidr|192.0.2.0/24"
                        + "|192.0.2.0/24 is not within the region's network",
                "NetworkPolicy meridian-to-redis|/spec/egress/0/to/0/namespaceSelector|{}"
                        + "|Deployment meridian in meridian-eu-central may reach gateway in gateway-us-east",
                "NetworkPolicy redis|/spec/egress|[{to: [{namespaceSelector: {}}], ports: []}]"
                        + "|StatefulSet redis in meridian-eu-central may reach",
                "Namespace meridian-eu-central|/metadata/annotations/meridian.io~1network|10.68.0.0/15|have addresses in common",
                "Namespace meridian-eu-central|/metadata/annotations/meridian.io~1network|10.64.1.0/14|does not begin where",
                "Deployment meridian|/spec/template/metadata/labels|{app.kubernetes.io/name: other}|meridian-us-east",
                "Deployment meridian|/spec/template/spec/containers/0/image|registry.us-east.meridian.example/meridian:1"
                        + "|eu-central: Deployment meridian names us-east",
            })
    void plantedLeakIsFound(String object, String pointer, String value, String told) {
        List<Region> regions = regions();
        Region region = regions.stream()
                .filter(each -> "eu-central".equals(each.id()))
                .findFirst()
                .orElseThrow();
        int space = object.indexOf(' ');
        plant(region.one(object.substring(0, space), object.substring(space + 1)), pointer, value);
        if (pointer.endsWith("template/metadata/labels")) {
            // Pods that no policy takes are only free where nothing is denied to all.
            region.objects().removeIf(each -> "default-deny".equals(Resources.name(each)));
        }
        List<String> problems = Residence.problems(regions);
        assertTrue(problems.stream().anyMatch(problem -> problem.contains(told)), () -> "not found: " + problems);
    }

    private static void plant(JsonNode object, String pointer, String value) {
        JsonNode planted = ManifestYaml.parse("[{op: add, path: " + pointer + ", value: " + value + "}]", "test")
                .get(0);
        JsonPatch.apply((com.fasterxml.jackson.databind.node.ObjectNode) object, planted, "test");
    }

    @ParameterizedTest
    @MethodSource("regions")
    void everyPodIsTakenByADenyingPolicy(Region region) {
        NetworkRules rules = new NetworkRules(List.of(region));
        Place any = new Place(region.id(), "any", "meridian-" + region, java.util.Map.of(), java.util.Map.of());
        for (Direction direction : Direction.values()) {
            assertEquals(
                    List.of("default-deny"),
                    rules.policies(any, direction).stream().map(Resources::name).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("regions")
    void withinARegionOnlyWhatHasToBeReachedIs(Region region) {
        NetworkRules rules = new NetworkRules(List.of(region));
        Place meridian = Place.ofOverlay(region).stream()
                .filter(place -> place.what().equals("Deployment meridian"))
                .findFirst()
                .orElseThrow();
        List<String> ways = new ArrayList<>();
        List<Place> around = new ArrayList<>(Place.around(region.id()));
        around.add(Place.dns());
        around.add(Place.stranger());
        for (Place other : around) {
            for (String port : List.of("decisions", "management", "admin")) {
                if (rules.allows(meridian, Direction.INGRESS, other, port) != null) {
                    ways.add(other.what() + " -> " + port);
                }
            }
            for (String port : List.of("53", "443", "4318", "6379")) {
                if (rules.allows(meridian, Direction.EGRESS, other, port) != null) {
                    ways.add("-> " + other.what() + " " + port);
                }
            }
        }
        assertEquals(
                List.of(
                        "gateway -> decisions",
                        "monitoring -> management",
                        "release -> admin",
                        "-> telemetry 4318",
                        "-> DNS 53"),
                ways);
    }

    @ParameterizedTest
    @MethodSource("regions")
    void redisIsReachedByTheServiceAlone(Region region) {
        NetworkRules rules = new NetworkRules(List.of(region));
        List<Place> own = Place.ofOverlay(region);
        Place meridian = own.get(0);
        assertEquals("Deployment meridian", meridian.what());
        for (Place redis : own) {
            if (!redis.what().startsWith("StatefulSet ")) {
                continue;
            }
            assertNotNull(rules.allows(meridian, Direction.EGRESS, redis, null), "to " + redis);
            assertNotNull(rules.allows(redis, Direction.INGRESS, meridian, null), "into " + redis);
            assertNull(rules.allows(redis, Direction.EGRESS, meridian, null), "from " + redis);
            for (Place other : Place.around(region.id())) {
                assertNull(rules.allows(redis, Direction.INGRESS, other, null), other + " into " + redis);
                assertNull(rules.allows(redis, Direction.EGRESS, other, null), redis + " to " + other);
            }
        }
    }

    /** Names outside the cluster are the region's, names inside are those of Services, which mean the own namespace. */
    @ParameterizedTest
    @MethodSource("regions")
    void addressesAreOfTheRegion(Region region) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode value : region.config()) {
            for (String text : value.asText().split(",")) {
                if (text.contains("://")) {
                    addresses.add(URI.create(text.strip()).getHost());
                }
            }
        }
        assertTrue(addresses.size() >= 2, addresses::toString);
        Set<String> services =
                region.kind("Service").stream().map(Resources::name).collect(Collectors.toSet());
        for (String host : addresses) {
            String service = host.substring(host.lastIndexOf('.') + 1);
            assertTrue(services.contains(service) || ofRegion(host, region), host + " names no " + region);
        }
    }

    private static boolean ofRegion(String host, Region region) {
        return host.contains("." + region + ".") || host.contains("-" + region + ".");
    }
}
