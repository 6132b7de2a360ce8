package io.meridian.edge.cli;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.cli.lab.Regions;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compiles a configuration and prints everything that is wrong with it. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description =
                "Checks a configuration folder and prints every problem as file:line:column, what is wrong, what would be right; then what is worth a second look, as warnings.",
        footer = {
            "",
            "Exit codes: 0 nothing is wrong, 1 problems were printed (with --strict, warnings), 2 wrong usage."
        })
public final class ValidateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "<dir>", description = "The configuration folder, for example edge-config.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path folder;

    @Option(
            names = "--region",
            paramLabel = "<id>",
            description = "Check only what this region serves; every region if not given.")
    private @Nullable String region;

    @Option(
            names = "--models",
            paramLabel = "<dir>",
            description = "The folder of models; if not given, models beside <dir>.")
    private @Nullable Path models;

    @Option(names = "--format", description = "One of ${COMPLETION-CANDIDATES}.", defaultValue = "text")
    private OutputFormat format = OutputFormat.text;

    @Option(names = "--strict", description = "Warnings fail as well: exit code 1.")
    private boolean strict;

    @Option(
            names = "--as-of",
            paramLabel = "<instant>",
            description = "The time to judge schedules by, for example 2026-12-01T00:00:00Z; now if not given.")
    private @Nullable Instant asOf;

    @Override
    public Integer call() {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), "there is no folder " + folder);
        }
        ValidationReport report = ValidationReport.of(
                folder.toString(),
                BundleReader.read(folder),
                models == null ? Regions.modelsBeside(folder) : models,
                region,
                asOf == null ? Instant.now() : asOf);
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                switch (format) {
                    case text -> report.text();
                    case json -> report.json();
                });
        out.flush();
        return report.isValid() && !(strict && report.hasWarnings()) ? Commands.OK : Commands.PROBLEMS;
    }
}
