package io.meridian.edge.cli;

import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.adapter.release.ReleaseRefused;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a signed bundle to edges. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description =
                "Brings a signed bundle to edges. It decides there as soon as this ends, or is refused and nothing changed.",
        footer = {"", ReleaseCommand.EXIT_CODES})
public final class PushCommand extends AdminCommand {
    @Parameters(paramLabel = "<archive>", description = "The bundle, signed and approved.")
    private Path file = Path.of("");

    @Option(
            names = "--key-file",
            paramLabel = "<file>",
            description = "The file of your key for the administration; none for a demonstration.")
    private @Nullable Path keyFile;

    @Option(names = "--stage", description = "Only keep it there; POST /v1/bundles/<revision>/activate activates it.")
    private boolean stage;

    @Override
    int run() throws IOException, ReleaseRefused {
        Archive archive = archive(file);
        byte[] bytes = archive.write();
        String key = keyFile == null ? "" : AdminClient.key(keyFile);
        return everywhere(
                key, edge -> edge.post(stage ? "v1/bundles?stage=true" : "v1/bundles", "application/zip", bytes));
    }
}
