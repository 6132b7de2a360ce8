package io.meridian.edge.cli;

import io.meridian.edge.adapter.release.ReleaseRefused;
import io.meridian.edge.core.release.Act;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Signs a bundle as its author. */
@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        description = "Signs a bundle as its author. The archive is replaced by one with the signature more.",
        footer = {"", ReleaseCommand.EXIT_CODES})
public final class SignCommand extends SigningCommand {
    @Override
    int run() throws IOException, ReleaseRefused {
        return sign(Act.AUTHOR);
    }
}
