package io.meridian.edge.cli;

import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.adapter.release.ReleaseRefused;
import io.meridian.edge.core.release.TrustPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a bundle is, who signed it, who still must, and what an edge would say. Changes nothing. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Shows what a bundle is and who signed it; with --trust, whether the signatures hold; with "
                + "--trust and --against, which signatures it needs, which it has, and what an edge would say where "
                + "that configuration is active.",
        footer = {"", "Exit codes: 0 nothing speaks against it, 1 something does (printed), 2 wrong usage."})
public final class InspectCommand extends ReleaseCommand {
    @Parameters(paramLabel = "<archive>", description = "The bundle.")
    private Path file = Path.of("");

    @Option(names = "--trust", paramLabel = "<trust.yaml>", description = "Whose signatures count for what.")
    private @Nullable Path trust;

    @Option(names = "--against", paramLabel = "<archive|dir|none>", description = "What is active, or none.")
    private @Nullable String against;

    @Override
    int run() throws IOException, ReleaseRefused {
        TrustPolicy policy = trust(trust);
        Baseline active = active();
        Archive archive = archive(file);
        Inspection inspection = new Inspection(file.toString(), archive, policy, active, Instant.now());
        say(inspection.text(), inspection.json(json()));
        return inspection.refusals().isEmpty() ? Commands.OK : Commands.PROBLEMS;
    }

    private @Nullable Baseline active() throws IOException, ReleaseRefused {
        if (against == null) {
            return null;
        }
        try {
            Baseline active = Baseline.of(against);
            if (active.files() == null) {
                throw usage("a digest does not tell which files differ; give --against a folder or an archive");
            }
            return active;
        } catch (IllegalArgumentException e) {
            throw usage("--against: " + e.getMessage());
        }
    }
}
