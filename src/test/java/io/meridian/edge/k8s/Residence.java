package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.meridian.edge.k8s.NetworkRules.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The proof that no region reaches another, over all overlays together. It supposes the worst: that all of them, and all that stands around
 * them, share one cluster and one network.
 */
final class Residence {
    private static final String NETWORK = "meridian.io/network";
    private static final Set<String> DNS_PORTS = Set.of("UDP 53", "TCP 53");

    private final List<Region> regions;
    private final NetworkRules rules;
    private final Map<String, Cidr> networks = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private Residence(List<Region> regions) {
        this.regions = regions;
        this.rules = new NetworkRules(regions);
    }

    /** Each way there is from a region to another or out of control; none if residency holds. */
    static List<String> problems(List<Region> regions) {
        Residence residence = new Residence(regions);
        residence.networks();
        regions.forEach(residence::peers);
        for (Region region : regions) {
            for (Region other : regions) {
                if (!region.id().equals(other.id())) {
                    residence.apart(region, other);
                }
            }
        }
        return residence.problems;
    }

    /** Every region says which addresses are its own, and no address is two regions'. */
    private void networks() {
        for (Region region : regions) {
            String network = region.one("Namespace", "meridian-" + region)
                    .path("metadata")
                    .path("annotations")
                    .path(NETWORK)
                    .asText();
            try {
                networks.put(region.id(), Cidr.of(network));
            } catch (IllegalArgumentException e) {
                problems.add(region + ": annotation " + NETWORK + ": " + e.getMessage());
                networks.put(region.id(), new Cidr(0, 32));
            }
        }
        for (Region region : regions) {
            for (Region other : regions) {
                if (region.id().compareTo(other.id()) < 0 && network(region).overlaps(network(other))) {
                    problems.add(region + " and " + other + " have addresses in common: annotation " + NETWORK);
                }
            }
        }
    }

    private Cidr network(Region region) {
        return networks.get(region.id());
    }

    /** What each rule names is of the region, by its own words. */
    private void peers(Region region) {
        for (JsonNode policy : region.kind("NetworkPolicy")) {
            for (Direction direction : Direction.values()) {
                for (JsonNode rule : policy.path("spec").path(direction.rules())) {
                    String where = region + ": " + Resources.id(policy) + " " + direction.rules();
                    if (rule.path(direction.peers()).isEmpty()) {
                        problems.add(where + " names no peer, which is everybody");
                    }
                    for (JsonNode peer : rule.path(direction.peers())) {
                        if (peer.has("ipBlock")) {
                            addresses(region, peer.path("ipBlock").path("cidr").asText(), where);
                        } else if (!isDns(peer, rule)) {
                            selected(region, peer, where);
                        }
                    }
                }
            }
        }
    }

    private void addresses(Region region, String block, String where) {
        try {
            if (!network(region).contains(Cidr.of(block))) {
                problems.add(where + ": " + block + " is not within the region's network" + whose(block));
            }
        } catch (IllegalArgumentException e) {
            problems.add(where + ": " + e.getMessage());
        }
    }

    private String whose(String block) {
        StringBuilder whose = new StringBuilder();
        for (Region other : regions) {
            if (network(other).overlaps(Cidr.of(block))) {
                whose.append(", it has addresses of ").append(other);
            }
        }
        return whose.toString();
    }

    private void selected(Region region, JsonNode peer, String where) {
        for (String selector : List.of("namespaceSelector", "podSelector")) {
            if (peer.has(selector)) {
                String named = peer.path(selector)
                        .path("matchLabels")
                        .path("meridian.io/region")
                        .asText();
                if (!region.id().equals(named)) {
                    problems.add(where + ": a " + selector + " "
                            + (named.isEmpty() ? "names no region" : "names " + named + ", not this region"));
                }
            }
        }
    }

    /** The resolver of the cluster and nothing but its port: the one peer that belongs to no region. */
    private static boolean isDns(JsonNode peer, JsonNode rule) {
        boolean ports = !rule.path("ports").isEmpty();
        for (JsonNode port : rule.path("ports")) {
            ports &= DNS_PORTS.contains(
                    port.path("protocol").asText() + " " + port.path("port").asText());
        }
        Place dns = Place.dns();
        return ports
                && Selector.matches(peer.path("namespaceSelector"), dns.namespaceLabels())
                && !Selector.matches(
                        peer.path("namespaceSelector"), Place.stranger().namespaceLabels())
                && Selector.matches(peer.path("podSelector"), dns.labels())
                && !Selector.matches(peer.path("podSelector"), Map.of());
    }

    /** From each of a region's pods nothing leads to another's, nor from there to them, whatever the peers are called. */
    private void apart(Region region, Region other) {
        List<Place> elsewhere = new ArrayList<>(Place.ofOverlay(other));
        elsewhere.addAll(Place.around(other.id()));
        elsewhere.addAll(Place.impostors(other.id(), region.id()));
        for (Place place : Place.ofOverlay(region)) {
            for (Place there : elsewhere) {
                for (Direction direction : Direction.values()) {
                    String by = rules.allows(place, direction, there, null);
                    if (by != null) {
                        problems.add(place + (direction == Direction.EGRESS ? " may reach " : " may be reached from ")
                                + there + ": " + by);
                    }
                }
            }
        }
        for (JsonNode object : region.objects()) {
            String mention = mention(object, other.id());
            if (mention != null) {
                problems.add(region + ": " + Resources.id(object) + " names " + other + ": " + mention);
            }
        }
    }

    /** The first text below a node that has a word in it; null if none has. */
    private static String mention(JsonNode node, String word) {
        if (node.isTextual()) {
            return node.asText().contains(word) ? node.asText() : null;
        }
        for (JsonNode child : node) {
            String mention = mention(child, word);
            if (mention != null) {
                return mention;
            }
        }
        return null;
    }
}
