package io.meridian.edge.app;

import io.meridian.edge.adapter.http.access.ApiKeyFile;
import io.meridian.edge.adapter.http.access.ApiKeys;
import io.meridian.edge.adapter.http.admin.AdminServer;
import io.meridian.edge.adapter.http.admin.Administration;
import io.meridian.edge.adapter.release.Archive;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens the port of the administration, if there is one. */
@Singleton
final class AdminPort {
    /** Beside 8080 for decisions and 9000 for health and metrics. */
    static final int DEFAULT = 8100;

    private final Vertx vertx;
    private final MeridianConfig config;
    private final Administration administration;
    private final ApiKeys deciding;
    private @Nullable AdminServer server;

    AdminPort(Vertx vertx, MeridianConfig config, Administration administration, ApiKeys deciding) {
        this.vertx = vertx;
        this.config = config;
        this.administration = administration;
        this.deciding = deciding;
    }

    /** True if there is to be one: in a demonstration, or if it was given a port or keys. */
    static boolean wanted(MeridianConfig config) {
        return config.demo()
                || config.admin().port().isPresent()
                || config.admin().keysFile().isPresent();
    }

    /** Blocks until it listens. */
    void open() {
        if (!wanted(config)) {
            return;
        }
        try {
            server = AdminServer.listen(
                    vertx,
                    config.admin().host(),
                    config.admin().port().orElse(DEFAULT),
                    keys(),
                    administration,
                    Archive.MAX_BYTES);
        } catch (AdminServer.CannotListen e) {
            throw new StartupRefused("meridian.admin.port: " + e.getMessage());
        }
    }

    private ApiKeys keys() {
        if (config.admin().keysFile().isEmpty()) {
            // StartupChecks sees to it that this is a demonstration on loopback.
            return ApiKeys.open();
        }
        Path file = config.admin().keysFile().get();
        try {
            ApiKeys keys = ApiKeyFile.read(file);
            keys.requireApartFrom(deciding);
            return keys;
        } catch (IOException | IllegalArgumentException e) {
            throw new StartupRefused("meridian.admin.keys-file: " + file.toAbsolutePath() + ": " + e.getMessage());
        }
    }

    /** Where it listens; with a port of 0 there is none. */
    URI uri() {
        return URI.create("http://" + config.admin().host() + ":" + (server == null ? 0 : server.port()));
    }

    @PreDestroy
    void close() {
        if (server != null) {
            server.close();
        }
    }
}
