package io.meridian.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.cli.lab.Configuration;
import io.meridian.edge.cli.lab.LabRefused;
import io.meridian.edge.cli.lab.Regions;
import io.meridian.edge.cli.lab.cases.CaseReport;
import io.meridian.edge.cli.lab.cases.CaseSuite;
import io.meridian.edge.cli.lab.cases.JunitXml;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the cases that stand beside the rules. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the cases in markets/<market>/tests/*.yaml and global/tests/*.yaml against the rules of the same folder.",
            "Nothing is started: decisions are made in this process, for the visitors and the time the cases give."
        },
        footer = {"", "Exit codes: 0 all passed, 1 some did not or could not be run, 2 wrong usage."})
public final class TestCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private ConfigurationFolder folder = new ConfigurationFolder();

    @Option(names = "--market", paramLabel = "<id>", description = "Only this market's cases.")
    private @Nullable String market;

    @Option(names = "--region", paramLabel = "<id>", description = "Only cases that this region decides.")
    private @Nullable String region;

    @Option(
            names = "--filter",
            paramLabel = "<pattern>",
            description = "Only cases whose file or name matches, with * and ?.")
    private @Nullable String filter;

    @Option(names = "--junit", paramLabel = "<file>", description = "Writes the results as JUnit XML.")
    private @Nullable Path junit;

    @Option(
            names = "--coverage",
            paramLabel = "<file>",
            arity = "0..1",
            fallbackValue = "",
            description = "Lists the rules that no case has met: here, or in a file (JSON if it ends so).")
    private @Nullable String coverage;

    @Option(
            names = "--min-coverage",
            paramLabel = "<percent>",
            description = "Fails if less of the rules is met.",
            defaultValue = "0")
    private double minCoverage;

    @Option(names = "--format", description = "One of ${COMPLETION-CANDIDATES}.", defaultValue = "text")
    private OutputFormat format = OutputFormat.text;

    @Override
    public Integer call() throws IOException {
        Path path = folder.path();
        CaseReport report;
        try {
            Configuration configuration = Configuration.read(path);
            checkNames(configuration);
            try (Regions regions = new Regions(configuration, folder.models())) {
                report =
                        new CaseSuite(regions, new CaseSuite.Selection(market, region, filter), System::nanoTime).run();
            }
        } catch (LabRefused refused) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(refused.getMessage());
            err.flush();
            return Commands.PROBLEMS;
        }
        say(report);
        if (junit != null) {
            Files.writeString(junit, JunitXml.of(report));
        }
        return verdict(report);
    }

    private void checkNames(Configuration configuration) {
        boolean knownMarket = market == null
                || configuration.source().markets().stream()
                        .anyMatch(one -> one.id().value().equals(market));
        if (!knownMarket) {
            throw new ParameterException(spec.commandLine(), "there is no market " + market);
        }
        if (region != null && !configuration.regions().contains(region)) {
            throw new ParameterException(spec.commandLine(), "there is no region " + region);
        }
    }

    private void say(CaseReport report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case text -> out.print(report.text());
            case json -> out.println(pretty(report.json()));
        }
        if (coverage != null && coverage.isEmpty() && format == OutputFormat.text) {
            out.print("\n" + report.coverageText());
        } else if (coverage != null && !coverage.isEmpty()) {
            boolean json = coverage.endsWith(".json");
            Files.writeString(Path.of(coverage), json ? pretty(report.coverageJson()) + "\n" : report.coverageText());
        }
        out.flush();
    }

    private int verdict(CaseReport report) {
        PrintWriter err = spec.commandLine().getErr();
        if (report.cases() == 0 && report.passed()) {
            err.println("test: there is no such case");
            err.flush();
            return Commands.PROBLEMS;
        }
        if (report.coveragePercent() < minCoverage) {
            err.println(String.format(
                    Locale.ROOT,
                    "test: %.1f %% of the rules are met, %.1f %% are asked for",
                    report.coveragePercent(),
                    minCoverage));
            err.flush();
            return Commands.PROBLEMS;
        }
        return report.passed() ? Commands.OK : Commands.PROBLEMS;
    }

    private static String pretty(JsonNode json) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
