package io.meridian.edge.cli;

import io.meridian.edge.adapter.redis.MarkingException;
import io.meridian.edge.adapter.redis.RedisSettings;
import io.meridian.edge.adapter.redis.RegionMarker;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says that a Redis holds the profiles and opt-outs of a region. Starts no server. */
@Command(
        name = "mark-region",
        mixinStandardHelpOptions = true,
        description = {
            "Marks a Redis as a region's. Without the mark nothing is read from it or written to it: a Redis that was",
            "restarted empty has forgotten who opted out. Mark one only if it is new or its data was restored.",
            "Exit codes: 0 it carries the mark, 1 it does not, 2 wrong usage."
        })
public final class MarkRegionCommand implements Callable<Integer> {
    /** All slots of a large cluster are looked at and marked in a few seconds. */
    private static final int PATIENCE_SECONDS = 60;

    @Mixin
    private RedisChoice redis = new RedisChoice();

    @Mixin
    private RegionChoice region = new RegionChoice();

    @Option(names = "--overwrite", description = "Replace the mark of another region or key.")
    private boolean overwrite;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        RegionMarker marker;
        RedisSettings settings;
        try {
            settings = redis.settings();
            marker = new RegionMarker(region.id(), region.key());
        } catch (IOException | IllegalArgumentException e) {
            return say("mark-region: " + e.getMessage(), 2);
        }
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            RegionMarker.Marking marking = marker.mark(vertx, settings, overwrite)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return switch (marking) {
                case MARKED -> say("Marked as " + region.id() + ".", 0);
                case STOOD -> say("It was marked as " + region.id() + " already.", 0);
                case FOREIGN ->
                    say(
                            "mark-region: it carries the mark of another region or key; nothing changed (--overwrite replaces it)",
                            1);
            };
        } catch (ExecutionException e) {
            // Its message holds nothing secret; anything else is a mistake of ours.
            String why = e.getCause() instanceof MarkingException told ? told.getMessage() : "internal error";
            return say("mark-region: " + why, 1);
        } catch (TimeoutException e) {
            return say(
                    "mark-region: not ended within " + PATIENCE_SECONDS + " s; what is marked stays so, run it again",
                    1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private int say(String text, int exitCode) {
        PrintWriter writer =
                exitCode == 0 ? spec.commandLine().getOut() : spec.commandLine().getErr();
        writer.println(text);
        writer.flush();
        return exitCode;
    }
}
