package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.config.ConfigFiles;
import java.nio.file.Path;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A folder as the source of configurations: unsigned, vouched for by whoever runs the machine. Read at the start and, if it is watched,
 * whenever it was saved to.
 */
final class Folder implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("io.meridian.edge");

    private final Path folder;
    private @Nullable FolderWatch watch;

    Folder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** For people. */
    String place() {
        return folder.toString();
    }

    /** All files as they are now, with every one that cannot be read. */
    ConfigFiles read() {
        return ConfigFiles.read(folder);
    }

    /**
     * From now on what is saved is offered.
     *
     * @param content digest of what need not be
     */
    synchronized void watch(String content, Function<Candidate, Outcome> offer) {
        if (watch == null) {
            watch = new FolderWatch(
                    folder,
                    content,
                    offer,
                    complaint -> LOG.warnf("the folder %s cannot be read: %s", folder, complaint));
            watch.start();
        }
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.close();
        }
    }
}
