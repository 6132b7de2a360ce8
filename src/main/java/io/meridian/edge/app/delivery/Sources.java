package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.source.ArchiveSource;
import io.meridian.edge.adapter.state.AuditEvent.What;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What an edge listens to for configurations: a folder, or a place that is polled for signed bundles. */
public final class Sources implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("io.meridian.edge");

    private final Delivery delivery;
    private final @Nullable Folder folder;
    private final boolean watched;
    private final @Nullable Puller puller;

    private Sources(Delivery delivery, @Nullable Folder folder, boolean watched, @Nullable Puller puller) {
        this.delivery = delivery;
        this.folder = folder;
        this.watched = watched;
        this.puller = puller;
    }

    static Sources folder(Delivery delivery, Path folder, boolean watched) {
        return new Sources(delivery, new Folder(folder), watched, null);
    }

    static Sources polled(Delivery delivery, ArchiveSource source, String place, Duration interval) {
        return new Sources(delivery, null, false, new Puller(source, interval, new Polled(delivery, place)));
    }

    /**
     * The first configuration, and from then on every other. Blocks until the first is active or refused. With a source that is polled the
     * service starts in any case, and is ready once it has a bundle.
     */
    public Outcome begin() {
        Outcome first = delivery.begin(folder);
        if (folder != null && !(first instanceof Outcome.Rejected) && watched) {
            Origin origin = new Origin(Origin.Via.FOLDER, "watch", folder.place());
            folder.watch(
                    delivery.status().content(),
                    candidate -> delivery.folder(candidate, origin).join());
        }
        if (puller != null) {
            puller.start(first instanceof Outcome.Rejected);
        }
        return first;
    }

    /** True if there is something to wait for if nothing is active yet. */
    public boolean mayStillCome() {
        return puller != null;
    }

    /** What asking a source leads to. */
    private static final class Polled implements Puller.Listener {
        private final Delivery delivery;
        private final Origin origin;
        private boolean reachable = true;

        Polled(Delivery delivery, String place) {
            this.delivery = delivery;
            this.origin = new Origin(Origin.Via.PULL, "poll", place);
        }

        @Override
        public boolean offered(byte[] archive) {
            reached();
            return !(delivery.archive(archive, origin, ReleaseGate.Permission.ALL)
                            .join()
                    instanceof Outcome.Rejected);
        }

        @Override
        public void confirmed() {
            reached();
            delivery.confirmed();
        }

        private void reached() {
            if (!reachable) {
                reachable = true;
                LOG.infof("the source %s answers again", origin.source());
                delivery.note(What.SOURCE_REACHED, origin, null);
            }
        }

        @Override
        public void unreachable(String why, int inRow) {
            delivery.counters().pollFailures.increment();
            if (reachable) {
                reachable = false;
                LOG.warnf("%s (%s)", why, origin.source());
                delivery.note(What.SOURCE_UNREACHABLE, origin, why);
            }
        }
    }

    /** Listens no more. */
    @Override
    public void close() {
        if (folder != null) {
            folder.close();
        }
        if (puller != null) {
            puller.close();
        }
    }
}
