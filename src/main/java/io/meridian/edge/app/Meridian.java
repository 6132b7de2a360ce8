package io.meridian.edge.app;

import io.meridian.edge.cli.ServeCommand;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/** Entry point of the artifact: a command, or the service where none is named. */
@QuarkusMain
public final class Meridian {
    private Meridian() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new ServeCommand()).execute(args));
    }
}
