package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.config.ConfigFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Notices that a folder was saved to, and offers its files once they have come to rest: editors and version control write many files, one
 * after the other.
 *
 * <p>Looks twice a second at names, sizes and times. Events of the file system are not used: network and container file systems do not
 * give them, and they get lost.
 */
public final class FolderWatch implements AutoCloseable {
    private static final long LOOK_MILLIS = 500;

    /** Coarser times of modification than this are not known of any file system in use. */
    private static final long COARSEST_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Path folder;
    private final Consumer<Candidate> offer;
    private final Consumer<String> complaints;
    private final ScheduledExecutorService thread;

    // Of the thread.
    private Map<Path, FolderLook.Look> read = Map.of();
    private Map<Path, FolderLook.Look> before = Map.of();
    private String offered;
    /** When to read once more, for a save that left no trace from outside; 0 for not. */
    private long again;

    private String complaint = "";

    /**
     * @param offered content digest of what was read before
     * @param offer takes the whole when something has changed
     * @param complaints told once that the folder cannot be read
     */
    FolderWatch(Path folder, String offered, Consumer<Candidate> offer, Consumer<String> complaints) {
        this.folder = folder;
        this.offered = offered;
        this.offer = offer;
        this.complaints = complaints;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread created = new Thread(work, "config-watch");
            created.setDaemon(true);
            return created;
        });
    }

    void start() {
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            Map<Path, FolderLook.Look> now = FolderLook.at(folder);
            boolean atRest = now.equals(before);
            before = now;
            if (atRest && !now.equals(read)) {
                again = System.nanoTime() + COARSEST_NANOS;
                read = now;
                offer();
            } else if (again != 0 && System.nanoTime() - again >= 0) {
                again = 0;
                offer();
            }
            complaint = "";
        } catch (IOException | RuntimeException e) {
            String said = String.valueOf(e.getMessage());
            if (!said.equals(complaint)) {
                complaint = said;
                complaints.accept(said);
            }
        }
    }

    private void offer() throws IOException {
        ConfigFiles read = ConfigFiles.read(folder);
        if (!read.problems().isEmpty()) {
            throw new IOException(Told.problems(read.problems()));
        }
        Candidate candidate = Candidate.ofFolder(read.files());
        if (!candidate.content().equals(offered)) {
            offered = candidate.content();
            offer.accept(candidate);
        }
    }

    /** Does not look any more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
