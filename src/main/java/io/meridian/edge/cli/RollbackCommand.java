package io.meridian.edge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.meridian.edge.adapter.release.RollbackOrders;
import io.meridian.edge.core.release.RollbackOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Orders edges, with a signature, to go back to what was active before. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Goes back to a bundle that was active before: asks each edge what is active and what it kept,",
            "signs an order that names both, and sends it; trust.yaml has to give your key the role rollback.",
            "The next bundle still needs a higher revision than any so far."
        },
        footer = {"", ReleaseCommand.EXIT_CODES})
public final class RollbackCommand extends AdminCommand {
    /** Long enough for clocks that differ, short enough not to be found later and used. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(10);

    @Option(
            names = "--to",
            paramLabel = "<revision>",
            description = "Where to; if not given, what was active before what is active now.")
    private @Nullable Integer to;

    @Option(
            names = "--region",
            paramLabel = "<region>",
            description = "The region the edges must be in; nothing is ordered at one that says another.")
    private @Nullable String region;

    @Option(names = "--reason", required = true, paramLabel = "<text>", description = "Why; it is kept in the history.")
    private String reason = "";

    @Mixin
    private SigningKeyChoice key = new SigningKeyChoice();

    @Option(
            names = "--api-key-file",
            paramLabel = "<file>",
            description = "The file of your key for the administration (role operate); none for a demonstration.")
    private @Nullable Path apiKeyFile;

    @Override
    int run() throws IOException {
        if (!RollbackOrder.isReason(reason)) {
            throw usage("--reason takes 1 to " + RollbackOrder.MAX_REASON + " characters in one line");
        }
        PrivateKey secret;
        try {
            secret = key.read();
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        String apiKey = apiKeyFile == null ? "" : AdminClient.key(apiKeyFile);
        return everywhere(apiKey, edge -> order(edge, secret));
    }

    private AdminClient.Reply order(AdminClient edge, PrivateKey secret) throws IOException {
        AdminClient.Reply asked = edge.get("v1/bundle");
        if (!asked.ok()) {
            return asked;
        }
        JsonNode standing = asked.json();
        String there = standing.at("/active/region").asText();
        if (region != null && !region.equals(there)) {
            throw new IOException(edge + ": it is in region " + there + ", not " + region + "; nothing was ordered");
        }
        String active = standing.at("/active/content").asText();
        JsonNode target = target(standing.path("kept"), active);
        if (target == null) {
            throw new IOException(edge + ": " + nowhere(standing.path("kept"), active));
        }
        RollbackOrder order;
        try {
            order = new RollbackOrder(
                    there,
                    active,
                    target.path("content").asText(),
                    reason,
                    Instant.now().plus(GOOD_FOR));
        } catch (IllegalArgumentException wrong) {
            throw new IOException(
                    edge + ": nothing can be ordered from what it says is active: " + wrong.getMessage(), wrong);
        }
        tell(edge + ": ordering region " + there + " back from revision "
                + standing.at("/active/revision").asText() + " (" + active + ")\n  to revision "
                + target.path("revision").asText() + " (" + order.to() + ")");
        byte[] signed = RollbackOrders.sign(order, key.id(), secret).getBytes(StandardCharsets.US_ASCII);
        return edge.post("v1/bundles/" + target.path("revision").asText() + "/activate", "application/jose", signed);
    }

    /** The last of those kept that it may mean; null if there is none. */
    private @Nullable JsonNode target(JsonNode kept, String active) {
        JsonNode found = null;
        for (JsonNode one : kept) {
            boolean meant = to == null || one.path("revision").asLong() == to;
            if (meant && !one.path("content").asText().equals(active)) {
                found = one;
            }
        }
        return found;
    }

    private String nowhere(JsonNode kept, String active) {
        StringBuilder text = new StringBuilder(
                to == null ? "nothing else was kept to go back to" : "no other bundle of revision " + to + " was kept");
        kept.forEach(one -> {
            if (!one.path("content").asText().equals(active)) {
                text.append("\n  revision ")
                        .append(one.path("revision").asText())
                        .append(" was");
            }
        });
        return text.toString();
    }
}
