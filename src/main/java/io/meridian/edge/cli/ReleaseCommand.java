package io.meridian.edge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.adapter.config.TrustFile;
import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.adapter.release.ReleaseRefused;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.release.Refusal;
import io.meridian.edge.core.release.TrustPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What the commands about bundles have in common: archives in and out, and how a refusal ends. What is wrong with an archive is a
 * problem (exit code 1), a file that cannot be read or written wrong usage (2).
 */
abstract class ReleaseCommand implements Callable<Integer> {
    static final String EXIT_CODES = "Exit codes: 0 done, 1 problems were printed, 2 wrong usage.";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--format", description = "One of ${COMPLETION-CANDIDATES}.", defaultValue = "text")
    private OutputFormat format = OutputFormat.text;

    /** Does it, and gives the exit code. */
    abstract int run() throws IOException, ReleaseRefused;

    @Override
    public final Integer call() {
        try {
            return run();
        } catch (ReleaseRefused refused) {
            return refuse(List.of(refused.refusal()));
        } catch (IOException failed) {
            throw usage(message(failed));
        }
    }

    /** Reads an archive. */
    static Archive archive(Path file) throws IOException, ReleaseRefused {
        try (InputStream in = Files.newInputStream(file)) {
            return Archive.read(in.readNBytes(Archive.MAX_BYTES + 1));
        }
    }

    /** Reads a trust policy; null if none is given. */
    final @Nullable TrustPolicy trust(@Nullable Path file) {
        if (file == null) {
            return null;
        }
        TrustFile.Outcome outcome = TrustFile.read(file);
        if (outcome instanceof TrustFile.Outcome.Read read) {
            return read.policy();
        }
        throw usage(((TrustFile.Outcome.Rejected) outcome)
                .problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }

    /** Prints one or the other, as was asked for. */
    final void say(String text, ObjectNode json) {
        say(text, print(json));
    }

    final void say(String text, String json) {
        spec.commandLine().getOut().println(format == OutputFormat.json ? json : text);
        spec.commandLine().getOut().flush();
    }

    /** Says what is about to happen, apart from the output. */
    final void tell(String text) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
    }

    /** Prints refusals; gives the exit code of problems. */
    final int refuse(List<Refusal> refusals) {
        ObjectNode json = json();
        json(refusals, json);
        say(refusals.stream().map(Refusal::toString).collect(Collectors.joining("\n")), json);
        return Commands.PROBLEMS;
    }

    static void json(List<Refusal> refusals, ObjectNode into) {
        ArrayNode list = into.putArray("refusals");
        refusals.forEach(
                refusal -> list.addObject().put("code", refusal.code().id()).put("detail", refusal.detail()));
    }

    static ObjectNode json() {
        return MAPPER.createObjectNode();
    }

    final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    static String message(IOException failed) {
        if (failed instanceof NoSuchFileException) {
            return "there is no file " + failed.getMessage();
        }
        if (failed instanceof FileAlreadyExistsException) {
            return "there is a file " + failed.getMessage() + " already";
        }
        if (failed instanceof AccessDeniedException) {
            return "no permission for " + failed.getMessage();
        }
        return String.valueOf(failed.getMessage());
    }

    private static String print(ObjectNode json) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
