package io.meridian.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.bundle.BundleCompiler;
import io.meridian.edge.core.bundle.ReachChecks;
import io.meridian.edge.core.bundle.checks.ScheduleChecks;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration was found to be: errors first, then warnings, each by file, line and column.
 *
 * @param name the folder, as it was called
 * @param digests of the regions that could be compiled, by region
 */
record ValidationReport(String name, long revision, SortedSet<Problem> problems, Map<String, String> digests) {
    /**
     * Compiles a configuration for its regions, to find what is wrong with it.
     *
     * @param models the folder of models
     * @param region the only region to look at; null for every one
     * @param asOf the time to judge schedules by
     */
    static ValidationReport of(String name, BundleSource source, Path models, @Nullable String region, Instant asOf) {
        TreeSet<Problem> problems = new TreeSet<>(source.problems());
        Map<String, String> digests = new LinkedHashMap<>();
        boolean unserved = true;
        for (String id : region == null ? regions(source, problems) : List.of(region)) {
            // A market that no region serves is checked once: which models it would have, nobody can say.
            BundleCompiler.Outcome outcome =
                    unserved ? BundleLoader.checkAll(source, models, id) : BundleLoader.check(source, models, id);
            unserved = false;
            if (outcome instanceof BundleCompiler.Outcome.Compiled compiled) {
                problems.addAll(compiled.warnings());
                digests.put(id, compiled.bundle().digest());
            } else {
                problems.addAll(((BundleCompiler.Outcome.Rejected) outcome).problems());
            }
        }
        if (problems.stream().noneMatch(Problem::isError)) {
            problems.addAll(ReachChecks.run(source));
            problems.addAll(ScheduleChecks.run(source, asOf));
        }
        return new ValidationReport(name, source.revision(), problems, digests);
    }

    private static List<String> regions(BundleSource source, Set<Problem> problems) {
        if (source.regions().isEmpty()) {
            problems.add(
                    new Problem("regions", 0, 0, "missing-file", "there is no region", "write regions/<region>.yaml"));
        }
        return source.regions().stream().map(one -> one.id().value()).distinct().toList();
    }

    boolean isValid() {
        return problems.stream().noneMatch(Problem::isError);
    }

    boolean hasWarnings() {
        return problems.stream().anyMatch(problem -> !problem.isError());
    }

    /** For people. The last line counts. */
    String text() {
        StringBuilder text = new StringBuilder();
        ordered().forEach(problem -> text.append(problem).append('\n'));
        if (!problems.isEmpty()) {
            text.append('\n');
        }
        if (!isValid()) {
            return text.append(counts()).toString();
        }
        text.append(name).append(" is fine: revision ").append(revision);
        if (hasWarnings()) {
            text.append(", ").append(counts());
        }
        digests.forEach((region, digest) ->
                text.append("\n  ").append(region).append("  ").append(digest));
        return text.toString();
    }

    /** For scripts. */
    String json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("valid", isValid());
        root.put("revision", revision);
        ObjectNode regions = root.putObject("regions");
        digests.forEach(regions::put);
        ArrayNode list = root.putArray("problems");
        ordered()
                .forEach(problem -> list.addObject()
                        .put("severity", problem.isError() ? "error" : "warning")
                        .put("file", problem.file())
                        .put("line", problem.line())
                        .put("column", problem.column())
                        .put("code", problem.code())
                        .put("message", problem.message())
                        .put("advice", problem.advice()));
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<Problem> ordered() {
        List<Problem> ordered = new ArrayList<>();
        problems.stream().filter(Problem::isError).forEach(ordered::add);
        problems.stream().filter(problem -> !problem.isError()).forEach(ordered::add);
        return ordered;
    }

    /** {@code 3 problems and 1 warning in 2 files}. */
    private String counts() {
        long errors = problems.stream().filter(Problem::isError).count();
        long warnings = problems.size() - errors;
        long files = problems.stream().map(Problem::file).distinct().count();
        List<String> counts = new ArrayList<>();
        if (errors > 0) {
            counts.add(count(errors, "problem"));
        }
        if (warnings > 0) {
            counts.add(count(warnings, "warning"));
        }
        return String.join(" and ", counts) + " in " + count(files, "file");
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
