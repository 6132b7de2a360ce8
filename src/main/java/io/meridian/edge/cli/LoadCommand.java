package io.meridian.edge.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.adapter.redis.ProfileFileLoad;
import io.meridian.edge.adapter.redis.ProfileLoader;
import io.meridian.edge.adapter.redis.Pseudonymiser;
import io.meridian.edge.adapter.redis.RedisCounters;
import io.meridian.edge.adapter.redis.RedisSettings;
import io.meridian.edge.adapter.redis.RegionKey;
import io.meridian.edge.adapter.redis.RegionMarker;
import io.meridian.edge.core.bundle.BundleCompiler;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.profile.AttributeContract;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads profiles in bulk into a region's Redis. Starts no server. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Loads profiles into a region's Redis, one JSON object per line:",
            "  {\"ns\":\"customer\",\"id\":\"c-1\",\"profile\":{\"tier\":\"gold\"},\"consent\":{\"given\":[\"SELECT_CONTENT\"]}}",
            "Lines that cannot be loaded are kept aside in <file>.rejected.ndjson. Interrupted, it goes on where it was.",
            "Exit codes: 0 all loaded, 1 some were not, 2 wrong usage."
        })
public final class LoadCommand implements Callable<Integer> {
    @Parameters(paramLabel = "<ndjson>", description = "The file of profiles.")
    private Path file = Path.of("");

    @Mixin
    private RedisChoice redis = new RedisChoice();

    @Mixin
    private RegionChoice region = new RegionChoice();

    @Option(
            names = "--config",
            defaultValue = "edge-config",
            description = "The folder of rules; edge-config if not given.")
    private Path config = Path.of("edge-config");

    @Option(names = "--restart", description = "Begin at the beginning even if an earlier run was interrupted.")
    private boolean restart;

    @Option(names = "--format", defaultValue = "text", description = "text or json.")
    private OutputFormat format = OutputFormat.text;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        RegionKey key;
        AttributeContract contract;
        RedisSettings settings;
        try {
            settings = redis.settings();
            if (!Files.isRegularFile(file)) {
                throw new IOException("there is no file " + file);
            }
            key = region.key();
            contract = contract();
        } catch (IOException | IllegalArgumentException e) {
            complain(String.valueOf(e.getMessage()));
            return Commands.USAGE;
        }
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (ProfileLoader loader = new ProfileLoader(
                vertx,
                settings,
                new RegionMarker(region.id(), key),
                new Pseudonymiser(key, Pseudonymiser.FIRST_VERSION),
                contract,
                new RedisCounters())) {
            ProfileFileLoad.Report report = new ProfileFileLoad(file, loader, contract, this::progress).run(restart);
            say(report);
            return report.rejectedCount() == 0 && report.tally().unreadable() == 0 ? Commands.OK : Commands.PROBLEMS;
        } catch (IOException | ProfileLoader.LoadFailed e) {
            complain(String.valueOf(e.getMessage()));
            return Commands.PROBLEMS;
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private AttributeContract contract() throws IOException {
        BundleSource source = BundleReader.read(config);
        TreeSet<Problem> problems = new TreeSet<>(source.problems());
        // A mistake in an offer is no reason not to load profiles.
        problems.removeIf(problem -> !problem.file().equals("global/attributes.yaml"));
        AttributeContract contract = BundleCompiler.contract(source, problems);
        if (!problems.isEmpty()) {
            throw new IOException("the attribute contract has problems, the first is\n" + problems.first());
        }
        return contract;
    }

    private void progress(ProfileFileLoad.Report report) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(report.lines() + " lines, " + report.rejectedCount() + " rejected, " + report.perSecond()
                + " per second");
        err.flush();
    }

    private void complain(String message) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("load: " + message);
        err.flush();
    }

    private void say(ProfileFileLoad.Report report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (format == OutputFormat.json) {
            out.println(new ObjectMapper().writeValueAsString(asMap(report)));
        } else {
            for (ProfileFileLoad.Rejected bad : report.rejected()) {
                out.println(file + ":" + bad.line() + ": " + bad.reason());
            }
            if (report.resumedAt() > 0) {
                out.println("Went on after line " + report.resumedAt() + " of an earlier run.");
            }
            out.println(report.tally().loaded() + " profiles loaded (" + report.perSecond() + " per second), "
                    + report.rejectedCount() + " lines rejected, "
                    + report.tally().erased() + " erased subjects passed over");
        }
        out.flush();
    }

    private Map<String, Object> asMap(ProfileFileLoad.Report report) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", file.toString());
        map.put("lines", report.lines());
        map.put("resumedAt", report.resumedAt());
        map.put("loaded", report.tally().loaded());
        map.put("partlyClosedByConsent", report.tally().partly());
        map.put("erased", report.tally().erased());
        map.put("unreadableConsent", report.tally().unreadable());
        map.put("rejectedCount", report.rejectedCount());
        map.put("rejected", report.rejected());
        map.put("seconds", report.seconds());
        map.put("perSecond", report.perSecond());
        return map;
    }
}
