package io.meridian.edge.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the command line. Without a command it serves. */
@Command(
        name = "meridian",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Edge decisioning: which content, for this visitor, in this placement, now.",
        subcommands = {
            ServeCommand.class,
            ValidateCommand.class,
            ExplainCommand.class,
            TestCommand.class,
            DiffCommand.class,
            LoadCommand.class,
            MarkRegionCommand.class,
            DemoDataCommand.class,
            NewKeyCommand.class,
            BundleCommand.class,
            SignCommand.class,
            ApproveCommand.class,
            InspectCommand.class,
            NewSigningKeyCommand.class,
            PushCommand.class,
            RollbackCommand.class,
            HistoryCommand.class
        })
public final class Commands implements Callable<Integer> {
    /** Nothing is wrong. */
    public static final int OK = 0;

    /** Problems were found and printed. */
    public static final int PROBLEMS = 1;

    /** The command was used wrongly. */
    public static final int USAGE = 2;

    /** Runs a command line and returns its exit code. */
    public static int run(String... arguments) {
        return new CommandLine(new Commands()).execute(arguments);
    }

    @Override
    public Integer call() {
        return new CommandLine(new ServeCommand()).execute();
    }
}
