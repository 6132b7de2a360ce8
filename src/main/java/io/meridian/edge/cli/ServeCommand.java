package io.meridian.edge.cli;

import io.meridian.edge.app.Headstart;
import io.meridian.edge.app.StartupRefused;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the service. Options are shorthands for the properties of the same name; every other setting is a property too. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Starts the service of one region (the default command).")
public final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--demo",
            description = "A demonstration: embedded Redis, 10,000 generated profiles, no keys, loopback only.")
    private boolean demo;

    @Option(names = "--region", description = "Which region of the configuration this is.")
    private @Nullable String region;

    @Option(names = "--config", description = "The folder of rules; edge-config if not given.")
    private @Nullable Path config;

    @Option(names = "--models", description = "The folder of models; models if not given.")
    private @Nullable Path models;

    @Option(names = "--redis", description = "redis://host:port of the region's Redis.")
    private @Nullable String redis;

    @Option(
            names = "--source",
            description = "Where signed bundles come from, a file or an address, instead of a folder of rules.")
    private @Nullable String source;

    @Option(
            names = "--trust-file",
            description = "trust.yaml: whose signatures count; without it nothing signed is taken.")
    private @Nullable Path trustFile;

    @Option(names = "--state", description = "The folder for what is kept over restarts; state if not given.")
    private @Nullable Path state;

    @Option(names = "--admin-port", description = "Port of the administration; 8100 in a demonstration if not given.")
    private @Nullable Integer adminPort;

    @Option(names = "--port", description = "Port of decisions; 8080 if not given.")
    private @Nullable Integer port;

    @Option(names = "--management-port", description = "Port of health and metrics; 9000 if not given.")
    private @Nullable Integer managementPort;

    @Override
    public Integer call() {
        if (demo) {
            set("meridian.demo", "true");
            // Without keys nobody but this machine may call.
            set("quarkus.http.host", "127.0.0.1");
            set("quarkus.management.host", "127.0.0.1");
            // Nobody balances load over a demonstration.
            set("quarkus.shutdown.delay", "0s");
        }
        set("meridian.region", region);
        set("meridian.config", config);
        set("meridian.models", models);
        set("meridian.redis.url", redis);
        set("meridian.source", source);
        set("meridian.trust-file", trustFile);
        set("meridian.state", state);
        set("meridian.admin.port", adminPort);
        set("quarkus.http.port", port);
        set("quarkus.management.port", managementPort);
        Headstart.begin();
        int[] exit = new int[1];
        Quarkus.run(null, (code, failure) -> {
            exit[0] = failure == null ? code : Commands.PROBLEMS;
            complain(failure);
        });
        return exit[0];
    }

    /** What an operator can mend is said in a sentence; everything else with its place in the code. */
    private void complain(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartupRefused) {
                spec.commandLine().getErr().println(cause.getMessage());
                return;
            }
        }
        if (failure != null) {
            failure.printStackTrace(spec.commandLine().getErr());
        }
    }

    private static void set(String property, @Nullable Object value) {
        if (value != null) {
            System.setProperty(property, value.toString());
        }
    }
}
