package io.meridian.edge.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.adapter.release.SigningKeys;
import io.meridian.edge.core.release.Role;
import io.meridian.edge.core.release.TrustPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a key to sign bundles with: the private half into a file, the public half as an entry of {@code trust.yaml}. */
@Command(
        name = "new-signing-key",
        mixinStandardHelpOptions = true,
        description = "Makes a key to sign bundles with. Writes the private key to a new file that only you may read, "
                + "and prints the entry for trust.yaml, which whoever runs the edges adds.",
        footer = {"", ReleaseCommand.EXIT_CODES})
public final class NewSigningKeyCommand extends ReleaseCommand {
    @Option(names = "--id", required = true, paramLabel = "<id>", description = "Names the key, for example anna-de.")
    private String id = "";

    @Option(
            names = "--name",
            required = true,
            paramLabel = "<name>",
            description = "Your name. All keys of one name are one person: who authored does not approve.")
    private String name = "";

    @Option(names = "--out", required = true, paramLabel = "<pem>", description = "The file to write; must not exist.")
    private Path out = Path.of("");

    @Option(
            names = "--role",
            paramLabel = "<role>",
            description = "For the entry: " + Role.ADVICE + "; repeat for several.")
    private List<String> roles = List.of();

    @Override
    int run() throws IOException {
        if (!TrustPolicy.isId(id)) {
            throw usage("'" + id + "' is no id; " + TrustPolicy.ID_ADVICE);
        }
        if (!name.equals(name.strip())
                || name.isEmpty()
                || name.length() > 128
                || name.chars().anyMatch(Character::isISOControl)) {
            throw usage("a name is one line of at most 128 characters");
        }
        for (String role : roles) {
            if (Role.parse(role) == null) {
                throw usage("'" + role + "' is no role; write " + Role.ADVICE);
            }
        }
        KeyPair pair = SigningKeys.generate();
        SigningKeys.write(out, pair.getPrivate());
        String key = SigningKeys.text(pair.getPublic());
        ObjectNode json = json();
        json.put("file", out.toString()).put("id", id).put("name", name).put("key", key);
        roles.forEach(json.putArray("roles")::add);
        say(text(key), json);
        return Commands.OK;
    }

    private String text(String key) {
        StringBuilder text = new StringBuilder("wrote ").append(out).append("; keep it to yourself\n");
        text.append("the entry for trust.yaml:\n\n");
        text.append("  - id: ").append(id).append('\n');
        text.append("    name: \"")
                .append(name.replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\"\n");
        text.append("    key: \"").append(key).append("\"\n");
        text.append("    roles: [");
        text.append(
                String.join(", ", roles.stream().map(role -> '"' + role + '"').toList()));
        return text.append(roles.isEmpty() ? "] # to be given: " + Role.ADVICE : "]")
                .toString();
    }
}
