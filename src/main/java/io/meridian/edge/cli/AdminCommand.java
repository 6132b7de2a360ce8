package io.meridian.edge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What the commands that talk to edges have in common: which, and what each of them answers. */
abstract class AdminCommand extends ReleaseCommand {
    @Option(
            names = "--url",
            required = true,
            paramLabel = "<url>",
            description = "The edge's administration, for example http://127.0.0.1:8100; repeat for several edges.")
    private List<String> urls = List.of();

    @Option(names = "--plain-http", description = AdminClient.PLAIN_HTTP)
    private boolean plainHttp;

    /** Does it at one edge. IOException, fit to be told, if it does not answer. */
    interface Act {
        AdminClient.Reply at(AdminClient edge) throws IOException;
    }

    /** Does it at every edge and tells what came of it, edge by edge; an edge that refuses keeps no other from being asked. */
    final int everywhere(String key, Act act) {
        List<String> text = new ArrayList<>();
        ObjectNode json = json();
        int exit = Commands.OK;
        for (AdminClient edge : edges(key)) {
            ObjectNode told = json.withArray("edges").addObject().put("url", edge.toString());
            try {
                AdminClient.Reply reply = act.at(edge);
                told.put("status", reply.status()).set("answer", reply.json());
                text.add(edge + ": " + (reply.ok() ? done(reply.json()) : refused(reply)));
                exit = reply.ok() ? exit : Commands.PROBLEMS;
            } catch (IOException unreachable) {
                told.put("error", unreachable.getMessage());
                text.add(String.valueOf(unreachable.getMessage()));
                exit = Commands.PROBLEMS;
            }
        }
        say(String.join("\n", text), json);
        return exit;
    }

    private List<AdminClient> edges(String key) {
        try {
            return urls.stream()
                    .map(url -> new AdminClient(url, key.isEmpty() ? null : key, plainHttp))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private static String done(JsonNode answer) {
        String revision = "revision " + answer.path("revision").asText();
        return switch (answer.path("outcome").asText()) {
            case "activated" ->
                revision + " decides in " + answer.path("region").asText() + "\n  content "
                        + answer.path("content").asText();
            case "unchanged" -> revision + " decides there already";
            case "staged" -> revision + " is kept, to be activated later";
            default -> revision;
        };
    }

    /** The code and everything that spoke against it, and the problems of the files as {@code validate} prints them. */
    static String refused(AdminClient.Reply reply) {
        JsonNode problem = reply.json();
        boolean open = reply.code().equals("still-working");
        StringBuilder text = new StringBuilder(open ? "nothing came of it yet" : "refused, nothing changed");
        JsonNode refusals = problem.path("refusals");
        if (refusals.isEmpty()) {
            text.append("\n  ")
                    .append(reply.code())
                    .append(": ")
                    .append(problem.path("detail").asText());
        }
        refusals.forEach(one -> text.append("\n  ")
                .append(one.path("code").asText())
                .append(": ")
                .append(one.path("detail").asText()));
        problem.path("problems").forEach(one -> {
            text.append("\n  ").append(one.path("file").asText());
            if (one.path("line").asInt() > 0) {
                text.append(':')
                        .append(one.path("line").asInt())
                        .append(':')
                        .append(one.path("column").asInt());
            }
            text.append(one.path("severity").asText().equals("warning") ? ": warning: " : ": ")
                    .append(one.path("message").asText())
                    .append(" [")
                    .append(one.path("code").asText())
                    .append(']');
            if (!one.path("advice").asText().isEmpty()) {
                text.append("\n      ").append(one.path("advice").asText());
            }
        });
        return text.toString();
    }
}
