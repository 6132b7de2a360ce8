package io.meridian.edge.cli;

import io.meridian.edge.adapter.config.BundleReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Mixin
    private ConfigurationFolder configuration = new ConfigurationFolder();

    @Option(
            names = "--region",
            paramLabel = "<id>",
            description = "Check only what this region serves; every region if not given.")
    private @Nullable String region;

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
        Path folder = configuration.path();
        ValidationReport report = ValidationReport.of(
                folder.toString(),
                BundleReader.read(folder),
                configuration.models(),
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
