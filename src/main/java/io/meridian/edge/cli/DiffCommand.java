package io.meridian.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.cli.lab.BadVisit;
import io.meridian.edge.cli.lab.Configuration;
import io.meridian.edge.cli.lab.LabRefused;
import io.meridian.edge.cli.lab.Population;
import io.meridian.edge.cli.lab.Regions;
import io.meridian.edge.cli.lab.Traffic;
import io.meridian.edge.cli.lab.Visit;
import io.meridian.edge.cli.lab.VisitReader;
import io.meridian.edge.cli.lab.VisitWriter;
import io.meridian.edge.cli.lab.diff.Comparison;
import io.meridian.edge.cli.lab.diff.DiffHtml;
import io.meridian.edge.cli.lab.diff.DiffJson;
import io.meridian.edge.cli.lab.diff.DiffResult;
import io.meridian.edge.cli.lab.diff.DiffText;
import io.meridian.edge.cli.lab.diff.LeftOut;
import io.meridian.edge.cli.lab.diff.RecordedVisits;
import io.meridian.edge.cli.lab.diff.Sides;
import io.meridian.edge.core.bundle.BundleCompiler;
import io.meridian.edge.core.profile.AttributeContract;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a change would do before it is live. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Has two configurations decide the same visits and says how many decisions change, where, for whom, and by which change of",
            "the rules. Visits are made up from a seed, or read from a file with one JSON object per line:",
            "  {\"request\": <body of POST /v1/decide>, \"profile\": {…}, \"storedConsent\": {…}, \"impressions\": […], \"at\": \"…\"}"
        },
        footer = {
            "",
            "Exit codes: 0 compared, 1 more changes than --fail-over allows, nothing to compare, or it cannot decide, 2 wrong usage."
        })
public final class DiffCommand implements Callable<Integer> {
    private static final int MOST_VISITS = 1_000_000;

    /** How the comparison is printed. Lower case, as people write it. */
    enum Form {
        text,
        json,
        html
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "<A>", description = "A configuration: a folder or an archive.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path before;

    @Parameters(index = "1", paramLabel = "<B>", description = "The configuration it is compared with.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path after;

    @Option(names = "--requests", paramLabel = "<ndjson>", description = "The visits.")
    private @Nullable Path requests;

    @Option(
            names = "--generate",
            paramLabel = "<n>",
            description = "How many visits to make up; 10000 if no file is given.",
            defaultValue = "10000")
    private int generate = 10_000;

    @Option(names = "--seed", paramLabel = "<n>", description = "Another seed makes other visits.", defaultValue = "1")
    private long seed = 1;

    @Option(names = "--write-requests", paramLabel = "<ndjson>", description = "Keeps the visits, to use them again.")
    private @Nullable Path writeRequests;

    @Option(names = "--market", paramLabel = "<id>", description = "Only visits of this market.")
    private @Nullable String market;

    @Option(names = "--region", paramLabel = "<id>", description = "Only visits that this region decides.")
    private @Nullable String region;

    @Option(
            names = "--at",
            paramLabel = "<time>",
            description =
                    "When visits are that do not say so; made-up ones spread over the day that begins then. Now if not given.")
    private @Nullable String at;

    @Option(
            names = "--models",
            paramLabel = "<dir>",
            description = "The folder of models; if not given, models beside <A>.")
    private @Nullable Path models;

    @Option(names = "--examples", paramLabel = "<n>", description = "How many examples to show.", defaultValue = "10")
    private int examples = 10;

    @Option(
            names = "--show-visits",
            description = {
                "Has examples show recorded visits whole: ids, profile and consent.",
                "Without it they show the line in the file, the segments and the cause."
            })
    private boolean showVisits;

    @Option(names = "--fail-over", paramLabel = "<percent>", description = "Fails if more decisions change.")
    private @Nullable Double failOver;

    @Option(names = "--format", description = "One of ${COMPLETION-CANDIDATES}.", defaultValue = "text")
    private Form format = Form.text;

    @Option(names = "-o", paramLabel = "<file>", description = "Where to write; here if not given.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            Configuration a = Configuration.read(exists(before));
            Configuration b = Configuration.read(exists(after));
            Path folder = models == null ? Regions.modelsBeside(before) : models;
            try (Regions old = new Regions(a, folder);
                    Regions now = new Regions(b, folder)) {
                return verdict(compare(old, now));
            }
        } catch (LabRefused | BadVisit refused) {
            err.println("diff: " + refused.getMessage());
            err.flush();
            return Commands.PROBLEMS;
        }
    }

    private DiffResult compare(Regions old, Regions now) throws IOException, LabRefused, BadVisit {
        List<AttributeContract> contracts = List.of(contract(old), contract(now));
        String source = requests == null
                ? generate + " made up from seed " + seed + ", on the day from " + Instant.ofEpochMilli(time())
                : requests.toString();
        Comparison comparison = new Comparison(old, now, source, requests == null || showVisits);
        Sides sides = new Sides(old, now, market, region, comparison);
        checkNames(old.configuration(), now.configuration());
        sides.compile();
        try (BufferedWriter kept = writeRequests == null ? null : Files.newBufferedWriter(writeRequests)) {
            if (requests == null) {
                generated(List.of(old.configuration(), now.configuration()), contracts, sides, kept);
            } else {
                comparison.result().leftOut(LeftOut.TOO_MANY, recorded(requests, contracts, sides, kept));
            }
        }
        return comparison.result();
    }

    private void checkNames(Configuration a, Configuration b) {
        boolean known =
                region == null || a.regions().contains(region) || b.regions().contains(region);
        if (!known) {
            throw usage("there is no region " + region);
        }
    }

    private void generated(
            List<Configuration> both, List<AttributeContract> contracts, Sides sides, @Nullable BufferedWriter kept)
            throws IOException, LabRefused {
        if (generate < 1 || generate > MOST_VISITS) {
            throw usage("--generate takes 1 to " + MOST_VISITS);
        }
        Population population =
                new Population(contracts, both.stream().map(Configuration::tree).toList());
        Traffic traffic = new Traffic(both, contracts.get(0), population, market, seed, time());
        if (traffic.isEmpty()) {
            throw usage("there is no market " + market);
        }
        for (int i = 0; i < generate; i++) {
            take(traffic.visit(i), 0, sides, kept);
        }
    }

    /** Returns how many visits stand after the most that are compared. */
    private int recorded(Path file, List<AttributeContract> contracts, Sides sides, @Nullable BufferedWriter kept)
            throws IOException, LabRefused, BadVisit {
        try (RecordedVisits visits = new RecordedVisits(exists(file), new VisitReader(contracts, time()))) {
            for (int read = 0; read < MOST_VISITS; read++) {
                Visit visit = visits.next();
                if (visit == null) {
                    return 0;
                }
                take(visit, visits.line(), sides, kept);
            }
            return visits.rest();
        }
    }

    private static void take(Visit visit, long line, Sides sides, @Nullable BufferedWriter kept)
            throws IOException, LabRefused {
        if (sides.take(visit, line) && kept != null) {
            kept.write(VisitWriter.line(visit));
            kept.write('\n');
        }
    }

    private int verdict(DiffResult result) throws IOException {
        String report = switch (format) {
            case text -> DiffText.of(result, examples);
            case json -> pretty(DiffJson.of(result, examples)) + "\n";
            case html -> DiffHtml.of(result, examples);
        };
        if (output != null) {
            Files.writeString(output, report);
        } else {
            spec.commandLine().getOut().print(report);
            spec.commandLine().getOut().flush();
        }
        PrintWriter err = spec.commandLine().getErr();
        if (result.decisions() == 0) {
            err.println("diff: nothing was compared: no visit is decided by both; see what was left out and why");
            err.flush();
            return Commands.PROBLEMS;
        }
        if (failOver != null && result.percent() > failOver) {
            err.println(String.format(
                    Locale.ROOT, "diff: %.2f %% of decisions change, more than %.2f %%", result.percent(), failOver));
            err.flush();
            return Commands.PROBLEMS;
        }
        return Commands.OK;
    }

    private static AttributeContract contract(Regions regions) {
        return BundleCompiler.contract(regions.configuration().source(), new ArrayList<>());
    }

    private long time() {
        Long time = at == null ? Long.valueOf(System.currentTimeMillis()) : VisitReader.time(at);
        if (time == null) {
            throw usage("--at: write a time with its offset, such as 2026-11-25T12:00:00Z");
        }
        return time;
    }

    private Path exists(Path path) {
        if (!Files.exists(path)) {
            throw usage("there is no " + path);
        }
        return path;
    }

    private static String pretty(JsonNode json) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
