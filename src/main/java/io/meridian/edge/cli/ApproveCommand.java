package io.meridian.edge.cli;

import io.meridian.edge.adapter.release.ReleaseRefused;
import io.meridian.edge.core.release.Act;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Approves a bundle that somebody else signed. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Approves a bundle that somebody else signed as author, and shows what was approved. The archive "
                + "is replaced by one with the signature more. Look at the bundle first: meridian inspect, meridian "
                + "diff.",
        footer = {"", ReleaseCommand.EXIT_CODES})
public final class ApproveCommand extends SigningCommand {
    @Override
    int run() throws IOException, ReleaseRefused {
        return sign(Act.APPROVE);
    }
}
