package io.meridian.edge.app;

import io.meridian.edge.cli.Commands;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Entry point of the artifact: a command, or the service where none is named. */
@QuarkusMain
public final class Meridian {
    private Meridian() {}

    public static void main(String[] args) {
        System.exit(Commands.run(args));
    }
}
