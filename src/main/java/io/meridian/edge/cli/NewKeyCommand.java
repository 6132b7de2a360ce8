package io.meridian.edge.cli;

import io.meridian.edge.adapter.http.access.ApiKeyFile;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes an API key: shows it once, and the line to store, from which it cannot be found again. */
@Command(
        name = "new-key",
        mixinStandardHelpOptions = true,
        description = "Makes an API key. Shows it once, with the line for the file of meridian.api-keys-file.")
public final class NewKeyCommand implements Callable<Integer> {
    @Option(names = "--id", required = true, paramLabel = "<id>", description = "Who it is for; appears in logs.")
    private String id = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "<role>",
            description = "decide, ingest, operate, privacy, author:<market> or approve:<market>; repeat for several.")
    private List<String> roles = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            ApiKeyFile.NewKey made = ApiKeyFile.create(id, roles, new SecureRandom());
            PrintWriter out = spec.commandLine().getOut();
            out.println("key:   " + made.key());
            out.println("store: " + made.line());
            out.flush();
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
