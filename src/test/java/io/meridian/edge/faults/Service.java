package io.meridian.edge.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The service in a process of its own, its output in a file. */
final class Service implements AutoCloseable {
    private static final int END_SECONDS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final int port;
    private final int managementPort;

    private Service(Process process, int port, int managementPort) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** How it is started by hand. */
    static List<String> command(Path jar, Map<String, String> properties) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // What a short life on a busy machine needs: small, and compiled quickly rather than well.
        command.addAll(List.of("-Xmx192m", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-Dquarkus.http.host=127.0.0.1");
        command.add("-Dquarkus.management.host=127.0.0.1");
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        return command;
    }

    /** Starts it; it is not ready yet. Its output is appended to a file. */
    static Service start(List<String> command, int port, int managementPort, Path output) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Service(process, port, managementPort);
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    long pid() {
        return process.pid();
    }

    /** False if the process has ended. */
    boolean alive() {
        return process.isAlive();
    }

    /** True if it would be sent traffic. */
    boolean ready() {
        try {
            return management("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The revision that decides. */
    long revision() throws IOException {
        String body = get(HttpRequest.newBuilder(address("/v1/bundle")).header("X-API-Key", Site.KEY))
                .body();
        return new ObjectMapper().readTree(body).path("revision").asLong();
    }

    /** What it counts, now. */
    Metrics metrics() throws IOException {
        return Metrics.of(management("/q/metrics").body());
    }

    /** Open file handles, sockets among them. */
    int handles() throws IOException {
        try (Stream<Path> handles = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
            return (int) handles.count();
        }
    }

    /** Threads, those of the virtual machine among them. */
    int threads() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid() + "/task"))) {
            return (int) threads.count();
        }
    }

    private HttpResponse<String> management(String path) throws IOException {
        return get(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)));
    }

    private HttpResponse<String> get(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Asks it to end, as an orchestrator would; it must within the time such a one gives. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        boolean ended = process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        if (!ended) {
            throw new AssertionError("the service does not end within " + END_SECONDS + " s");
        }
    }
}
