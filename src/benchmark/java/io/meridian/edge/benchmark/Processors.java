package io.meridian.edge.benchmark;

import java.io.IOException;

/** Who runs on which processor. */
final class Processors {
    private Processors() {}

    /**
     * Keeps a process, with all its threads and those to come, on one processor; by {@code taskset}, which every Linux distribution brings. Throws if it cannot
     * be done, for then the figures would be of something else.
     *
     * @param processor from 0
     */
    static void pin(long pid, int processor) throws IOException, InterruptedException {
        Process taskset = new ProcessBuilder("taskset", "-a", "-c", "-p", "" + processor, "" + pid)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (taskset.waitFor() != 0) {
            throw new IOException("taskset cannot keep process " + pid + " on processor " + processor);
        }
    }
}
