package io.meridian.edge.benchmark;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * CPU time of a process by thread, in nanoseconds, from Linux's {@code /proc/<pid>/task/<tid>/schedstat}: a tick of {@code
 * /proc/<pid>/stat} is 10 ms, too coarse for short windows.
 *
 * @param nanosByThread so far, user and system
 */
record ProcessCpu(Map<String, Long> nanosByThread) {
    /** The JIT compiler's threads: what they do ends with the warm-up, whenever that is; it belongs to no request. */
    private static final String[] NOT_COUNTED = {"C1 CompilerThre", "C2 CompilerThre"};

    static ProcessCpu of(long pid) throws IOException {
        Map<String, Long> nanos = new HashMap<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads) {
                try {
                    if (counted(Files.readString(thread.resolve("comm")).strip())) {
                        String schedstat = Files.readString(thread.resolve("schedstat"));
                        nanos.put(
                                thread.getFileName().toString(),
                                Long.parseLong(schedstat.substring(0, schedstat.indexOf(' '))));
                    }
                } catch (NoSuchFileException ended) {
                    // The thread has ended in the meantime.
                }
            }
        }
        return new ProcessCpu(nanos);
    }

    /** What was used since an earlier reading; a thread that has ended since is not seen. */
    long since(ProcessCpu earlier) {
        long sum = 0;
        for (Map.Entry<String, Long> thread : nanosByThread.entrySet()) {
            sum += thread.getValue() - earlier.nanosByThread.getOrDefault(thread.getKey(), 0L);
        }
        return sum;
    }

    private static boolean counted(String name) {
        for (String other : NOT_COUNTED) {
            if (name.startsWith(other)) {
                return false;
            }
        }
        return true;
    }
}
