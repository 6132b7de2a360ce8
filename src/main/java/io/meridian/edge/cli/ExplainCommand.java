package io.meridian.edge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.cli.lab.BadVisit;
import io.meridian.edge.cli.lab.Configuration;
import io.meridian.edge.cli.lab.Explanation;
import io.meridian.edge.cli.lab.LabRefused;
import io.meridian.edge.cli.lab.Regions;
import io.meridian.edge.cli.lab.RuleBook;
import io.meridian.edge.cli.lab.Visit;
import io.meridian.edge.cli.lab.VisitReader;
import io.meridian.edge.core.bundle.BundleCompiler;
import io.meridian.edge.core.model.Answer;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Refusal;
import io.meridian.edge.core.profile.AttributeContract;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Decides one request by the rules of a folder, without a service, and says why it came out so. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Decides one request by the rules of a folder and says what became of every offer, and by which rule.",
            "With --origin instead: which value counts, who wrote it where, and what is locked.",
            "The request is the body of POST /v1/decide. What is known of the visitor stands in a second file:",
            "  {\"profile\": {\"tier\": \"gold\"}, \"storedConsent\": {\"given\": [\"SELECT_CONTENT\"]}, \"impressions\": []}"
        },
        footer = {"", "Exit codes: 0 decided, 1 refused or the rules have problems, 2 wrong usage."})
public final class ExplainCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private ConfigurationFolder folder = new ConfigurationFolder();

    @Option(names = "--request", paramLabel = "<json>", description = "The request.")
    private @Nullable Path request;

    @Option(names = "--profile", paramLabel = "<json>", description = "What is known of the visitor.")
    private @Nullable Path profile;

    @Option(
            names = "--at",
            paramLabel = "<time>",
            description = "When, such as 2026-11-25T12:00:00Z; now if not given.")
    private @Nullable String at;

    @Option(
            names = "--region",
            paramLabel = "<id>",
            description = "Which region decides; the one that serves the request's market or country if not given.")
    private @Nullable String region;

    @Option(names = "--format", description = "One of ${COMPLETION-CANDIDATES}.", defaultValue = "text")
    private OutputFormat format = OutputFormat.text;

    @Mixin
    private OriginsView origins = new OriginsView();

    @Override
    public Integer call() throws IOException {
        Path path = folder.path();
        if (origins.isAsked()) {
            return origins.print(path, region, format);
        }
        if (request == null) {
            throw usage("--request is missing: the file of the request");
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            Configuration configuration = Configuration.read(path);
            Visit visit = visit(configuration, request);
            try (Regions regions = new Regions(configuration, folder.models())) {
                return explain(regions, visit);
            }
        } catch (BadVisit bad) {
            err.println("explain: " + bad.getMessage());
        } catch (LabRefused refused) {
            err.println(refused.getMessage());
        }
        err.flush();
        return Commands.PROBLEMS;
    }

    private Visit visit(Configuration configuration, Path asked) throws BadVisit, IOException {
        Long now = at == null ? Long.valueOf(System.currentTimeMillis()) : VisitReader.time(at);
        if (now == null) {
            throw usage("--at: write a time with its offset, such as 2026-11-25T12:00:00Z");
        }
        AttributeContract contract = BundleCompiler.contract(configuration.source(), new ArrayList<>());
        return new VisitReader(List.of(contract), now).read(read(asked), profile == null ? null : read(profile));
    }

    private int explain(Regions regions, Visit visit) throws LabRefused {
        String asked = region != null ? region : visit.region();
        String id = asked != null ? asked : regions.of(visit.request().context());
        if (id == null) {
            throw usage("no region serves the request's market or country; name one with --region, of "
                    + String.join(", ", regions.configuration().regions()));
        }
        Answer answer = regions.get(id).decide(visit.explained());
        PrintWriter out = spec.commandLine().getOut();
        if (answer instanceof Refusal refusal) {
            spec.commandLine()
                    .getErr()
                    .println("explain: refused, " + refusal.kind() + " " + refusal.pointer() + ": " + refusal.detail());
            spec.commandLine().getErr().flush();
            return Commands.PROBLEMS;
        }
        Explanation explanation = new Explanation(
                (Decision) answer, visit, new RuleBook(regions.configuration().tree()));
        switch (format) {
            case text -> out.print(explanation.text());
            case json -> out.println(pretty(explanation));
        }
        out.flush();
        return Commands.OK;
    }

    private static String pretty(Explanation explanation) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(explanation.json());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw usage("there is no file " + file);
        }
        if (Files.size(file) > VisitReader.MAX_BYTES) {
            throw usage(file + " is larger than " + VisitReader.MAX_BYTES + " bytes");
        }
        return Files.readAllBytes(file);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
