package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.config.ConfigFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

    /** Why the same files may be taken a little later. */
    private static final Set<String> PASSING = Set.of(Codes.BUSY, Codes.FAILED, Codes.STATE_UNWRITABLE);

    private final Path folder;
    private final Function<Candidate, Outcome> offer;
    private final Consumer<String> complaints;
    private final ScheduledExecutorService thread;

    // Of the thread.
    private Map<Path, FolderLook.Look> read = Map.of();
    private Map<Path, FolderLook.Look> before = Map.of();
    /** Content digest of what need not be offered. */
    private String taken;

    /** Content digest of what was refused for what is in it: only another save offers it again. */
    private String refused = "";

    /** When to read once more, for a save that left no trace from outside or was refused in passing; null for not. */
    private @Nullable Long again;

    private String complaint = "";

    /**
     * @param taken content digest of what was read before
     * @param offer takes the whole when something has changed; blocks until it is known what comes of it
     * @param complaints told once why the folder cannot be read, until it can
     */
    FolderWatch(Path folder, String taken, Function<Candidate, Outcome> offer, Consumer<String> complaints) {
        this.folder = folder;
        this.taken = taken;
        this.offer = offer;
        this.complaints = complaints;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread created = new Thread(work, "config-watch");
            created.setDaemon(true);
            return created;
        });
    }

    void start() {
        thread.scheduleWithFixedDelay(() -> look(System.nanoTime()), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @param time in nanoseconds since any moment */
    void look(long time) {
        try {
            Map<Path, FolderLook.Look> now = FolderLook.at(folder);
            boolean atRest = now.equals(before);
            before = now;
            boolean saved = !now.equals(read);
            if (atRest && (saved || again != null && time - again >= 0)) {
                again = saved ? time + COARSEST_NANOS : null;
                read = now;
                if (saved) {
                    refused = "";
                }
                offer(time, now);
            }
        } catch (IOException | RuntimeException e) {
            // Whatever is there when it can be read again is read anew.
            read = Map.of();
            before = Map.of();
            String said = String.valueOf(e.getMessage());
            if (!said.equals(complaint)) {
                complaint = said;
                complaints.accept(said);
            }
        }
    }

    private void offer(long time, Map<Path, FolderLook.Look> look) throws IOException {
        ConfigFiles files = ConfigFiles.read(folder);
        if (!FolderLook.at(folder).equals(look)) {
            // Saved to while it was read: not at rest.
            read = Map.of();
            return;
        }
        if (!files.problems().isEmpty()) {
            throw new IOException(Told.problems(files.problems()));
        }
        complaint = "";
        Candidate candidate = Candidate.ofFolder(files.files());
        if (candidate.content().equals(taken) || candidate.content().equals(refused)) {
            return;
        }
        Outcome outcome = offer.apply(candidate);
        if (!(outcome instanceof Outcome.Rejected rejected)) {
            taken = candidate.content();
        } else if (PASSING.contains(rejected.code())) {
            again = time + COARSEST_NANOS;
        } else {
            refused = candidate.content();
        }
    }

    /** Does not look any more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
