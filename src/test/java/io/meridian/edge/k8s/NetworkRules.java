package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The network policies of all regions, evaluated as Kubernetes does: what a policy takes is denied, but for what some policy allows. */
final class NetworkRules {
    /** Either way, as a policy names it. */
    enum Direction {
        INGRESS("ingress", "from", "Ingress"),
        EGRESS("egress", "to", "Egress");

        private final String rules;
        private final String peers;
        private final String type;

        Direction(String rules, String peers, String type) {
            this.rules = rules;
            this.peers = peers;
            this.type = type;
        }

        String rules() {
            return rules;
        }

        String peers() {
            return peers;
        }
    }

    private final List<JsonNode> policies;

    NetworkRules(List<Region> regions) {
        policies = new ArrayList<>();
        regions.forEach(region -> policies.addAll(region.kind("NetworkPolicy")));
    }

    /** The policies of a place's namespace that take its pods in a direction. */
    List<JsonNode> policies(Place place, Direction direction) {
        return policies.stream()
                .filter(policy ->
                        policy.path("metadata").path("namespace").asText().equals(place.namespace())
                                && types(policy).contains(direction.type)
                                && Selector.matches(policy.path("spec").path("podSelector"), place.labels()))
                .toList();
    }

    private static List<String> types(JsonNode policy) {
        List<String> types = new ArrayList<>();
        policy.path("spec").path("policyTypes").forEach(type -> types.add(type.asText()));
        return types;
    }

    /**
     * Where it says that pods of one place may connect to, or be connected from, pods of another; null if they may not.
     *
     * @param port the number or the name of a port in a policy; null for any: it is enough that the peer is meant
     */
    String allows(Place place, Direction direction, Place other, String port) {
        List<JsonNode> taking = policies(place, direction);
        if (taking.isEmpty()) {
            return "no policy for " + direction.rules;
        }
        for (JsonNode policy : taking) {
            JsonNode rules = policy.path("spec").path(direction.rules);
            for (int i = 0; i < rules.size(); i++) {
                if (meansPort(rules.path(i).path("ports"), port) && meansPeer(rules.path(i), direction, place, other)) {
                    return Resources.id(policy) + " " + direction.rules + "[" + i + "]";
                }
            }
        }
        return null;
    }

    private static boolean meansPort(JsonNode ports, String wanted) {
        boolean means = wanted == null || ports.isEmpty();
        for (JsonNode port : ports) {
            means |= port.path("port").asText().equals(wanted);
        }
        return means;
    }

    private static boolean meansPeer(JsonNode rule, Direction direction, Place place, Place other) {
        JsonNode peers = rule.path(direction.peers);
        boolean means = peers.isEmpty();
        for (JsonNode peer : peers) {
            means |= !peer.has("ipBlock") && meansPeer(peer, place, other);
        }
        return means;
    }

    private static boolean meansPeer(JsonNode peer, Place place, Place other) {
        boolean namespace = peer.has("namespaceSelector")
                ? Selector.matches(peer.path("namespaceSelector"), other.namespaceLabels())
                : place.namespace().equals(other.namespace());
        return namespace && Selector.matches(peer.path("podSelector"), other.labels());
    }
}
