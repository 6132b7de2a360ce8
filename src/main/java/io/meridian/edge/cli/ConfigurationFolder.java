package io.meridian.edge.cli;

import io.meridian.edge.cli.lab.Regions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which configuration a command looks at, and the models that go with it. A mixin of such commands. */
final class ConfigurationFolder {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "<dir>", description = "The configuration folder, for example edge-config.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path folder;

    @Option(
            names = "--models",
            paramLabel = "<dir>",
            description = "The folder of models; if not given, models beside <dir>.")
    private @Nullable Path models;

    /** The folder; one that is not there is wrong usage. */
    Path path() {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), "there is no folder " + folder);
        }
        return folder;
    }

    /** The folder of models; whether it is there shows when a model is asked for. */
    Path models() {
        return models == null ? Regions.modelsBeside(folder) : models;
    }
}
