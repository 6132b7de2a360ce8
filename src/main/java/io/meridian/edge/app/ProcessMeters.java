package io.meridian.edge.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What the process takes of its machine, as the kernel tells it; the same on the JVM and in a native binary. Read when somebody looks.
 * NaN where the kernel does not tell.
 */
@Singleton
final class ProcessMeters implements MeterBinder {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path FILES = Path.of("/proc/self/fd");
    private static final Path LIMITS = Path.of("/proc/self/limits");

    /** Of a container, version 2 and version 1 of the kernel's control groups. */
    private static final List<Path> MEMORY_LIMITS =
            List.of(Path.of("/sys/fs/cgroup/memory.max"), Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));

    /** A limit that no machine reaches is none: version 1 says so where nothing is limited. */
    private static final long NO_LIMIT = 1L << 50;

    private final String version;

    ProcessMeters(@ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version) {
        this.version = version;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("meridian.info", () -> 1)
                .tag("version", version)
                .description("Always 1: which version this is")
                .register(registry);
        Gauge.builder("meridian.memory.resident", () -> kilobytes(STATUS, "VmRSS:"))
                .baseUnit("bytes")
                .description("Memory of the process that is in RAM, native memory of models included")
                .register(registry);
        Gauge.builder("meridian.memory.limit", ProcessMeters::memoryLimit)
                .baseUnit("bytes")
                .description("What the container may take before it is killed; NaN without a limit")
                .register(registry);
        Gauge.builder("meridian.files.open", ProcessMeters::openFiles)
                .description("Open file handles, connections included")
                .register(registry);
        Gauge.builder("meridian.files.limit", ProcessMeters::fileLimit)
                .description("How many the process may open")
                .register(registry);
    }

    private static double kilobytes(Path file, String field) {
        return field(file, field) * 1024;
    }

    private static double fileLimit() {
        return field(LIMITS, "Max open files");
    }

    /** The first number of the line that begins with a field's name. */
    private static double field(Path file, String field) {
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(field)) {
                    String[] words = line.substring(field.length()).strip().split("\\s+");
                    return Double.parseDouble(words[0]);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Not this kernel, or "unlimited".
        }
        return Double.NaN;
    }

    private static double memoryLimit() {
        for (Path file : MEMORY_LIMITS) {
            try {
                long limit = Long.parseLong(Files.readString(file).strip());
                return limit < NO_LIMIT ? limit : Double.NaN;
            } catch (IOException | NumberFormatException e) {
                // The other version, or "max".
            }
        }
        return Double.NaN;
    }

    private static double openFiles() {
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(FILES)) {
            for (Path ignored : files) {
                count++;
            }
        } catch (IOException e) {
            return Double.NaN;
        }
        // Looking takes one itself.
        return count - 1;
    }
}
