package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.core.bundle.definition.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A folder as the source of configurations: unsigned, vouched for by whoever runs the machine. Read at the start and, if it is watched,
 * whenever it was saved to.
 */
public final class Folder implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("io.meridian.edge");

    private final Path folder;
    private final Activations activations;
    private @Nullable FolderWatch watch;

    public Folder(Path folder, Activations activations) {
        this.folder = folder;
        this.activations = activations;
    }

    /** Blocks until what is in the folder is active, or refused. */
    public Outcome load() {
        try {
            return activations
                    .offer(Candidate.of(FolderFiles.read(folder)), origin(Origin.Via.START))
                    .join();
        } catch (IOException unreadable) {
            // The reader of configurations tells every such file, with what would be right.
            List<Problem> problems = BundleReader.read(folder).problems();
            return new Outcome.Rejected("does-not-compile", String.valueOf(unreadable.getMessage()), problems);
        }
    }

    /**
     * From now on what is saved becomes active, or is told in the log as {@code validate} tells it.
     */
    public synchronized void watch() {
        if (watch == null) {
            watch = new FolderWatch(
                    folder,
                    activations.content(),
                    this::saved,
                    complaint -> LOG.warnf("the folder %s cannot be read: %s", folder.toAbsolutePath(), complaint));
            watch.start();
        }
    }

    private void saved(Candidate candidate) {
        activations.offer(candidate, origin(Origin.Via.FOLDER));
    }

    private Origin origin(Origin.Via via) {
        return new Origin(
                via,
                via == Origin.Via.START ? "start" : "watch",
                folder.toAbsolutePath().normalize().toString());
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.close();
        }
    }
}
