package io.meridian.edge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.adapter.state.AuditChain;
import io.meridian.edge.adapter.state.AuditEvent;
import io.meridian.edge.adapter.state.AuditFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what happened to what an edge decides by, and whether anybody has touched the record of it. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the audit of an edge, the oldest event first: who brought what, what became of it, and why.",
            "Each event names the hash of the one before; one that was changed, taken out or put in shows."
        },
        footer = {"", "Exit codes: 0 printed and whole, 1 the audit was tampered with or cannot be had, 2 wrong usage."
        })
public final class HistoryCommand extends ReleaseCommand {
    private static final int MAX_ASKED = 1_000;
    private static final int DIGEST_SHOWN = "sha256:".length() + 12;

    /** Where the audit is. */
    static final class Place {
        @Option(
                names = "--state",
                paramLabel = "<dir>",
                description = "The folder of meridian.state, or of one region in it; the whole audit is checked.")
        private @Nullable Path state;

        @Option(
                names = "--url",
                paramLabel = "<url>",
                description = "The edge's administration; what it sends is checked.")
        private @Nullable String url;
    }

    @ArgGroup(multiplicity = "1")
    private Place place = new Place();

    @Option(
            names = "--key-file",
            paramLabel = "<file>",
            description = "With --url: the file of your key for the administration; none for a demonstration.")
    private @Nullable Path keyFile;

    @Option(names = "--plain-http", description = "With --url: " + AdminClient.PLAIN_HTTP)
    private boolean plainHttp;

    @Option(
            names = "--limit",
            paramLabel = "<n>",
            defaultValue = "100",
            description = "Print the last so many events, 1 to 1000; 100 if not given.")
    private int limit = 100;

    @Override
    int run() throws IOException {
        if (limit < 1 || limit > MAX_ASKED) {
            throw usage("--limit takes 1 to " + MAX_ASKED);
        }
        List<String> lines = new ArrayList<>();
        AuditChain chain = new AuditChain();
        List<AuditEvent.Entry> entries = new ArrayList<>();
        AuditFiles.Reader reader = line -> {
            AuditEvent.Entry entry = chain.add(line);
            lines.add(line);
            if (entry != null) {
                entries.add(entry);
            }
        };
        String problem = place.url == null ? read(folder(), reader) : ask(place.url, reader);
        if (problem != null) {
            say(problem, json().put("error", problem));
            return Commands.PROBLEMS;
        }
        print(entries, chain);
        return chain.fault() == null ? Commands.OK : Commands.PROBLEMS;
    }

    private @Nullable String read(Path folder, AuditFiles.Reader reader) throws IOException {
        AuditFiles.read(folder, reader);
        return null;
    }

    private @Nullable String ask(String url, AuditFiles.Reader reader) throws IOException {
        AdminClient edge;
        try {
            edge = new AdminClient(url, keyFile == null ? null : AdminClient.key(keyFile), plainHttp);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        AdminClient.Reply reply;
        try {
            reply = edge.get("v1/history?limit=" + limit);
        } catch (IOException unreachable) {
            return unreachable.getMessage();
        }
        if (!reply.ok()) {
            return edge + ": " + reply.code() + ": "
                    + reply.json().path("detail").asText();
        }
        for (String line : reply.body().lines().toList()) {
            reader.line(line);
        }
        return null;
    }

    /** The folder with the audit: the one named, or the only region's in it. */
    private Path folder() throws IOException {
        Path named = place.state == null ? Path.of("state") : place.state;
        if (AuditFiles.exist(named)) {
            return named;
        }
        List<Path> regions = new ArrayList<>();
        if (Files.isDirectory(named)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(named, AuditFiles::exist)) {
                folders.forEach(regions::add);
            }
        }
        if (regions.size() != 1) {
            throw usage(
                    regions.isEmpty()
                            ? "there is no audit in " + named
                            : "there are several regions in " + named + "; name one of " + regions);
        }
        return regions.get(0);
    }

    private void print(List<AuditEvent.Entry> all, AuditChain chain) {
        List<AuditEvent.Entry> last = all.subList(Math.max(0, all.size() - limit), all.size());
        StringBuilder text = new StringBuilder();
        ObjectNode json = json();
        ObjectMapper mapper = new ObjectMapper();
        json.putArray("events");
        for (AuditEvent.Entry entry : last) {
            text.append(text(entry)).append('\n');
            json.withArray("events").add(mapper.valueToTree(fields(entry)));
        }
        String fault = chain.fault();
        json.put("whole", fault == null).put("checked", all.size());
        text.append('\n').append(all.size()).append(" events checked: ");
        if (fault == null) {
            text.append("each follows the one before it");
        } else {
            json.put("fault", fault);
            text.append("TAMPERED WITH: ").append(fault);
        }
        say(text.toString(), json);
    }

    private static java.util.Map<String, @Nullable Object> fields(AuditEvent.Entry entry) {
        AuditEvent event = entry.event();
        java.util.Map<String, @Nullable Object> fields = new java.util.LinkedHashMap<>();
        fields.put("sequence", entry.sequence());
        fields.put("time", event.time().toString());
        fields.put("event", event.what().id());
        fields.put("via", event.via());
        fields.put("who", event.who());
        fields.put("digest", event.digest());
        fields.put("content", event.content());
        fields.put("revision", event.revision() == 0 ? null : event.revision());
        fields.put("code", event.code());
        fields.put("why", event.why());
        fields.put("count", event.count());
        fields.values().removeIf(java.util.Objects::isNull);
        return fields;
    }

    private static String text(AuditEvent.Entry entry) {
        AuditEvent event = entry.event();
        StringBuilder text = new StringBuilder();
        text.append(event.time().truncatedTo(java.time.temporal.ChronoUnit.SECONDS))
                .append("  ")
                .append(padded(event.what().id(), 18))
                .append("  ")
                .append(padded(Printable.of(event.via() + " by " + event.who()), 24));
        if (event.revision() > 0) {
            text.append("  revision ").append(event.revision());
        }
        String digest = event.digest() != null ? event.digest() : event.content();
        if (digest != null) {
            text.append("  ").append(Printable.of(digest.substring(0, Math.min(digest.length(), DIGEST_SHOWN))));
        }
        if (event.code() != null) {
            text.append("  ").append(Printable.of(event.code()));
        }
        if (event.count() != 1) {
            text.append("  ").append(event.count()).append(" times");
        }
        if (event.why() != null) {
            text.append("\n    ").append(Printable.of(event.why()));
        }
        return text.toString();
    }

    private static String padded(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }
}
