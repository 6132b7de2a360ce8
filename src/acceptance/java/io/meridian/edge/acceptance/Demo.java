package io.meridian.edge.acceptance;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The demonstration all HTTP tests share, or what {@code meridian.acceptance.url} names. Ends with the tests. */
final class Demo {
    private static Service service;

    private Demo() {}

    static synchronized Http http() throws Exception {
        String url = System.getProperty("meridian.acceptance.url", "");
        String key = System.getProperty("meridian.acceptance.key", "");
        return url.isEmpty() ? service().decisions("") : new Http(URI.create(url), key);
    }

    /** Needs an executable. */
    static synchronized Service service() throws Exception {
        if (service == null) {
            Executable.path();
            Path folder = Files.createTempDirectory("meridian-demo");
            service = Service.start(folder, "--demo", "--region=eu-central");
            Runtime.getRuntime().addShutdownHook(new Thread(service::close));
            service.ready();
        }
        return service;
    }
}
