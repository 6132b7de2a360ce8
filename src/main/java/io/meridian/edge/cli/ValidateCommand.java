package io.meridian.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.bundle.BundleCompiler;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.Problem;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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
                "Checks a configuration folder and prints every problem as file:line:column, what is wrong, what would be right.",
        footer = {"", "Exit codes: 0 nothing is wrong, 1 problems were printed, 2 wrong usage."})
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

    @Override
    public Integer call() {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), "there is no folder " + folder);
        }
        BundleSource source = BundleReader.read(folder);
        TreeSet<Problem> problems = new TreeSet<>(source.problems());
        Map<String, String> digests = new LinkedHashMap<>();
        for (String id : regions(source, problems)) {
            BundleCompiler.Outcome outcome = BundleLoader.check(source, modelsFolder(), id);
            if (outcome instanceof BundleCompiler.Outcome.Compiled compiled) {
                digests.put(id, compiled.bundle().digest());
            } else {
                problems.addAll(((BundleCompiler.Outcome.Rejected) outcome).problems());
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                switch (format) {
                    case text -> text(source, problems, digests);
                    case json -> json(source, problems, digests);
                });
        out.flush();
        return problems.isEmpty() ? Commands.OK : Commands.PROBLEMS;
    }

    private List<String> regions(BundleSource source, TreeSet<Problem> problems) {
        if (region != null) {
            return List.of(region);
        }
        List<String> all = new ArrayList<>();
        source.regions().forEach(one -> all.add(one.id().value()));
        if (all.isEmpty()) {
            problems.add(
                    new Problem("regions", 0, 0, "missing-file", "there is no region", "write regions/<region>.yaml"));
        }
        return all.stream().distinct().toList();
    }

    private Path modelsFolder() {
        if (models != null) {
            return models;
        }
        Path beside = folder.toAbsolutePath().normalize().resolveSibling("models");
        return Files.isDirectory(beside) ? beside : Path.of("models");
    }

    private String text(BundleSource source, TreeSet<Problem> problems, Map<String, String> digests) {
        StringBuilder text = new StringBuilder();
        if (problems.isEmpty()) {
            text.append(folder).append(" is fine: revision ").append(source.revision());
            digests.forEach(
                    (id, digest) -> text.append("\n  ").append(id).append("  ").append(digest));
            return text.toString();
        }
        problems.forEach(problem -> text.append(problem).append('\n'));
        long files = problems.stream().map(Problem::file).distinct().count();
        return text.append('\n')
                .append(problems.size())
                .append(problems.size() == 1 ? " problem in " : " problems in ")
                .append(files)
                .append(files == 1 ? " file" : " files")
                .toString();
    }

    private static String json(BundleSource source, TreeSet<Problem> problems, Map<String, String> digests) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("valid", problems.isEmpty());
        root.put("revision", source.revision());
        ObjectNode regions = root.putObject("regions");
        digests.forEach(regions::put);
        ArrayNode list = root.putArray("problems");
        problems.forEach(problem -> list.addObject()
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
}
