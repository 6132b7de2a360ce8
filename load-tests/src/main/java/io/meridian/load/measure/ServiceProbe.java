package io.meridian.load.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What the service uses, as its metrics tell; its resident memory only the operating system knows. */
public final class ServiceProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long KIBI = 1024;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final HttpRequest metrics;
    private final OptionalLong pid;

    /**
     * @param management where {@code /q/metrics} is
     * @param pid the service's process, if it runs on this machine
     */
    public ServiceProbe(URI management, OptionalLong pid) {
        this.metrics = HttpRequest.newBuilder(management.resolve("/q/metrics"))
                .timeout(PATIENCE)
                .build();
        this.pid = pid;
    }

    /**
     * At one moment; what could not be had is empty.
     *
     * @param cpuSeconds the process's CPU time since it began
     * @param residentBytes its resident memory
     * @param openFiles its file handles without its callers' connections, of which there are as many as callers like
     */
    public record Sample(
            OptionalDouble cpuSeconds,
            OptionalDouble residentBytes,
            OptionalDouble openFiles,
            OptionalDouble threads) {}

    /** Looks now. Blocks; never fails. */
    public Sample sample() {
        String text = text();
        OptionalDouble cpuNanos = value(text, "process_cpu_time_ns_total");
        return new Sample(
                cpuNanos.isPresent() ? OptionalDouble.of(cpuNanos.getAsDouble() / 1e9) : OptionalDouble.empty(),
                status("VmRSS:", KIBI),
                ownFiles(text),
                status("Threads:", 1));
    }

    static OptionalDouble ownFiles(String text) {
        OptionalDouble all = value(text, "meridian_files_open");
        OptionalDouble callers = value(text, "meridian_http_connections");
        return all.isPresent() && callers.isPresent()
                ? OptionalDouble.of(all.getAsDouble() - callers.getAsDouble())
                : OptionalDouble.empty();
    }

    private String text() {
        try {
            HttpResponse<String> response = client.send(metrics, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** The value of a metric without labels in Prometheus' text; empty if it is not there. */
    static OptionalDouble value(String text, String name) {
        for (String line : text.split("\n")) {
            if (line.startsWith(name) && line.startsWith(" ", name.length())) {
                return OptionalDouble.of(
                        Double.parseDouble(line.substring(name.length() + 1).trim()));
            }
        }
        return OptionalDouble.empty();
    }

    private OptionalDouble status(String field, long unit) {
        if (pid.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid.getAsLong()), "status"))) {
                if (line.startsWith(field)) {
                    String number =
                            line.substring(field.length()).replace("kB", "").trim();
                    return OptionalDouble.of(Double.parseDouble(number) * unit);
                }
            }
        } catch (IOException e) {
            // The process is gone, or this is no Linux.
        }
        return OptionalDouble.empty();
    }
}
