package io.meridian.edge.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.adapter.config.ConfigFiles;
import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.adapter.release.ReleaseRefused;
import io.meridian.edge.adapter.state.DurableFile;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.release.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the archive of a configuration: what people sign and edges take. */
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        description = "Checks a configuration for every region and packs it into an archive to be signed. Equal "
                + "configurations give equal archives, wherever and whenever they are made.",
        footer = {"", ReleaseCommand.EXIT_CODES})
public final class BundleCommand extends ReleaseCommand {
    @Mixin
    private ConfigurationFolder configuration = new ConfigurationFolder();

    @Option(
            names = "-o",
            required = true,
            paramLabel = "<file>",
            description = "The archive to write, for example de-8.zip.")
    private Path out = Path.of("");

    @Option(
            names = "--base",
            required = true,
            paramLabel = "<base>",
            description =
                    "What it was made from, which must be active where it is to be taken: an archive, a folder, the content"
                            + " digest GET /v1/bundle shows, or none where nothing is active yet.")
    private String base = "";

    @Option(
            names = "--not-before",
            paramLabel = "<instant>",
            description = "Taken from then on, for example 2026-12-01T06:00:00Z.")
    private @Nullable Instant notBefore;

    @Option(names = "--not-after", paramLabel = "<instant>", description = "Taken until then.")
    private @Nullable Instant notAfter;

    @Override
    int run() throws IOException, ReleaseRefused {
        Path folder = configuration.path();
        if (notBefore != null && notAfter != null && notAfter.isBefore(notBefore)) {
            throw usage("--not-after is before --not-before");
        }
        Baseline from = base();
        ConfigFiles read = ConfigFiles.read(folder);
        BundleSource source = BundleReader.read(read.files());
        ValidationReport report =
                ValidationReport.of(folder.toString(), source, configuration.models(), null, Instant.now());
        report.problems().addAll(read.problems());
        if (from.revision() > 0 && from.revision() >= source.revision()) {
            report.problems()
                    .add(new Problem(
                            "bundle.yaml",
                            0,
                            0,
                            "old-revision",
                            "the revision is " + source.revision() + ", that of " + from.name() + " is "
                                    + from.revision(),
                            "write a higher one: an edge takes nothing older"));
        }
        if (!report.isValid()) {
            say(report.text() + "; nothing was written", report.json());
            return Commands.PROBLEMS;
        }
        Archive archive =
                Archive.of(source.revision(), from.content(), seconds(notBefore), seconds(notAfter), read.files());
        refuseToLose();
        byte[] bytes = archive.write();
        DurableFile.write(out.toAbsolutePath(), bytes);
        SortedSet<String> changed = from.changedPaths(read.files());
        say(text(archive, bytes.length, changed), json(archive, bytes.length, changed));
        return Commands.OK;
    }

    private Baseline base() throws IOException, ReleaseRefused {
        try {
            return Baseline.of(base);
        } catch (IllegalArgumentException e) {
            throw usage("--base: " + e.getMessage());
        }
    }

    /** Signatures are other people's work, and a file that is no bundle was not meant. */
    private void refuseToLose() throws IOException {
        if (!Files.exists(out)) {
            return;
        }
        try {
            if (archive(out).signatures(TrustPolicy.of(List.of())).isEmpty()) {
                return;
            }
        } catch (ReleaseRefused noBundle) {
            throw usage(out + " is there already and no bundle; give another -o");
        }
        throw usage(out + " is there already and signed; give another -o, or remove it");
    }

    private static @Nullable Instant seconds(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }

    private String text(Archive archive, int bytes, @Nullable SortedSet<String> changed) {
        StringBuilder text = new StringBuilder("wrote ").append(out);
        text.append(": revision ").append(archive.manifest().revision()).append(", ");
        text.append(archive.files().size()).append(" files, ").append(bytes).append(" bytes");
        text.append("\n  digest   ").append(archive.digest());
        text.append("\n  content  ").append(archive.manifest().content());
        text.append("\n  base     ")
                .append(Objects.requireNonNullElse(archive.manifest().base(), Baseline.NONE));
        if (changed != null && archive.manifest().base() != null) {
            text.append("\n  changes");
            changed.forEach(path -> text.append("\n    ").append(path));
        }
        return text.toString();
    }

    private ObjectNode json(Archive archive, int bytes, @Nullable SortedSet<String> changed) {
        ObjectNode json = json();
        json.put("file", out.toString()).put("revision", archive.manifest().revision());
        json.put("digest", archive.digest()).put("content", archive.manifest().content());
        json.put("base", archive.manifest().base())
                .put("files", archive.files().size())
                .put("bytes", bytes);
        if (changed != null) {
            changed.forEach(json.putArray("changed")::add);
        }
        return json;
    }
}
