package io.meridian.edge.cli.lab.cases;

import io.meridian.edge.adapter.config.CaseDefinition;
import io.meridian.edge.adapter.config.CaseReader;
import io.meridian.edge.adapter.config.ConfigFiles;
import io.meridian.edge.cli.lab.Configuration;
import io.meridian.edge.cli.lab.LabRefused;
import io.meridian.edge.cli.lab.OfflineRegion;
import io.meridian.edge.cli.lab.Population;
import io.meridian.edge.cli.lab.Regions;
import io.meridian.edge.cli.lab.RuleBook;
import io.meridian.edge.cli.lab.Visit;
import io.meridian.edge.cli.lab.cases.CaseResult.Difference;
import io.meridian.edge.core.bundle.BundleCompiler;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.model.Answer;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Refusal;
import io.meridian.edge.core.profile.AttributeContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Runs the cases of a configuration. A file with a problem in it is told of and not run; the others are. */
public final class CaseSuite {
    /**
     * Which cases are run.
     *
     * @param market only this market's; null for all
     * @param region only cases this region decides; null for all
     * @param filter a pattern with {@code *} and {@code ?} of a file's path or a case's name; null for all
     */
    public record Selection(
            @Nullable String market,
            @Nullable String region,
            @Nullable String filter) {
        private boolean takes(CaseReader.CaseFile file, CaseDefinition one) {
            return filter == null || matches(filter, file.file()) || matches(filter, one.name());
        }

        private static boolean matches(String pattern, String text) {
            String expression = Arrays.stream(pattern.split("", -1))
                    .map(c -> c.equals("*") ? ".*" : c.equals("?") ? "." : java.util.regex.Pattern.quote(c))
                    .reduce("", String::concat);
            return text.matches("(?s)" + expression);
        }
    }

    private final Regions regions;
    private final Configuration configuration;
    private final Selection selection;
    private final LongSupplier nanos;
    private final AttributeContract contract;
    private final RuleBook rules;
    private final CaseChecks checks;
    private final Population population;
    private final Coverage coverage;
    private final Map<String, CoverageProbe> probes = new HashMap<>();

    /** @param nanos measures, decides nothing */
    public CaseSuite(Regions regions, Selection selection, LongSupplier nanos) {
        this.regions = regions;
        this.configuration = regions.configuration();
        this.selection = selection;
        this.nanos = nanos;
        this.contract = BundleCompiler.contract(configuration.source(), new ArrayList<>());
        this.rules = new RuleBook(configuration.tree());
        this.checks = new CaseChecks(configuration, contract);
        this.population = new Population(List.of(contract), List.of(configuration.tree()));
        this.coverage = new Coverage(configuration.tree(), counts());
    }

    private Predicate<String> counts() {
        return file -> selection.market() == null
                || !file.startsWith("markets/")
                || file.startsWith("markets/" + selection.market() + "/");
    }

    /** Runs. Throws {@link LabRefused} if the configuration itself has problems. */
    public CaseReport run() throws LabRefused {
        for (String region : configuration.regions()) {
            if (selection.region() == null || selection.region().equals(region)) {
                regions.get(region);
            }
        }
        List<CaseResult.OfFile> results = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : configuration.files().entrySet()) {
            if (isTests(file.getKey())) {
                CaseReader.CaseFile read = CaseReader.read(file.getKey(), file.getValue());
                CaseResult.OfFile result = run(read);
                if (!result.results().isEmpty() || !result.problems().isEmpty()) {
                    results.add(result);
                }
            }
        }
        return new CaseReport(results, coverage);
    }

    private boolean isTests(String path) {
        return ConfigFiles.isTests(path)
                && (selection.market() == null || path.startsWith("markets/" + selection.market() + "/"));
    }

    private CaseResult.OfFile run(CaseReader.CaseFile file) throws LabRefused {
        List<Problem> problems = new ArrayList<>(file.problems());
        file.cases().forEach(one -> problems.addAll(checks.problems(one)));
        if (!problems.isEmpty()) {
            return new CaseResult.OfFile(
                    file.file(),
                    List.of(),
                    problems.stream().distinct().sorted().toList());
        }
        String market = file.file().startsWith("markets/") ? file.file().split("/")[1] : null;
        List<CaseResult> results = new ArrayList<>();
        for (CaseDefinition one : file.cases()) {
            if (selection.takes(file, one)) {
                CaseVisits visits = new CaseVisits(one, market, contract, population);
                String region = region(visits.visit(0));
                if (region == null) {
                    problems.add(noRegion(one));
                } else if (selection.region() == null || selection.region().equals(region)) {
                    results.add(run(one, visits, regions.get(region)));
                }
            }
        }
        return new CaseResult.OfFile(file.file(), results, problems);
    }

    private @Nullable String region(Visit visit) {
        return visit.region() != null
                ? visit.region()
                : regions.of(visit.request().context());
    }

    private static Problem noRegion(CaseDefinition one) {
        return new Problem(
                one.where().file(),
                one.where().line(),
                one.where().column(),
                "missing-key",
                "no region serves this case's market or country",
                "write region: under given");
    }

    private CaseResult run(CaseDefinition one, CaseVisits visits, OfflineRegion region) {
        long before = nanos.getAsLong();
        CoverageProbe probe = probes.computeIfAbsent(
                region.bundle().region().id(), key -> new CoverageProbe(coverage, rules, region));
        Shares shares = new Shares(one);
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < one.visitors() && differences.isEmpty(); i++) {
            Visit visit = one.visitors() == 1 ? visits.visit(0).explained() : visits.visit(i);
            probe.begin(visit);
            Answer answer = region.decide(visit, probe);
            if (answer instanceof Refusal refusal) {
                differences.add(refused(one, refusal));
            } else if (answer instanceof Decision decision) {
                probe.end(decision);
                if (one.visitors() == 1) {
                    differences.addAll(new Judge(decision, rules).judge(one));
                } else {
                    shares.count(decision);
                }
            }
        }
        if (one.visitors() > 1 && differences.isEmpty()) {
            differences.addAll(shares.judge());
        }
        return new CaseResult(one.name(), one.where(), differences, nanos.getAsLong() - before);
    }

    private static Difference refused(CaseDefinition one, Refusal refusal) {
        String got = "refused: " + refusal.kind() + " " + refusal.pointer();
        return new Difference(one.where(), "the request", "a decision", got, List.of(refusal.detail()));
    }
}
