package io.meridian.edge.faults;

import static io.meridian.edge.faults.FaultKind.Limit.NEEDS_MOUNTS;
import static io.meridian.edge.faults.FaultKind.Limit.RECORDS;
import static io.meridian.edge.faults.FaultKind.Limit.STARTING;
import static io.meridian.edge.faults.FaultKind.unseen;

import java.nio.file.Path;
import java.util.List;

/** Where decision records, and what is active, are kept, nothing can be written. */
final class DiskFaults {
    private DiskFaults() {}

    static List<FaultKind> all() {
        return List.of(
                unseen("log-disk-full", new Full(Site::logDisk), RECORDS, NEEDS_MOUNTS),
                unseen("log-read-only", new ReadOnly(Site::logDisk), RECORDS, NEEDS_MOUNTS),
                unseen("log-folder-gone", new FolderGone(), RECORDS),
                unseen("log-file-in-the-way", new FileInTheWay(), RECORDS),
                unseen("state-disk-full", new Full(Site::stateDisk), NEEDS_MOUNTS),
                unseen("state-read-only", new ReadOnly(Site::stateDisk), NEEDS_MOUNTS),
                unseen("no-file-may-grow", new NoGrowth(), RECORDS, STARTING));
    }

    private interface Place {
        Path of(Site site);
    }

    /** No byte is free. */
    private record Full(Place place) implements Fault {
        @Override
        public void inject(Site site) throws Exception {
            site.space().fill(place.of(site));
        }

        @Override
        public void heal(Site site) throws Exception {
            site.space().drain(place.of(site));
        }
    }

    /** Files that are open go on; nothing more can be opened for writing. */
    private record ReadOnly(Place place) implements Fault {
        @Override
        public void inject(Site site) throws Exception {
            site.space().protect(place.of(site));
        }

        @Override
        public void heal(Site site) throws Exception {
            site.space().release(place.of(site));
        }
    }

    /** Somebody has moved the folder of the log away; the service makes it anew. */
    private static final class FolderGone implements Fault {
        @Override
        public void inject(Site site) throws Exception {
            moveAside(site);
        }

        @Override
        public void heal(Site site) throws Exception {
            site.space().run("rm", "-rf", aside(site));
        }
    }

    /** Where the folder of the log was there is a file. */
    private static final class FileInTheWay implements Fault {
        @Override
        public void inject(Site site) throws Exception {
            moveAside(site);
            site.space().run("sh", "-c", "rm -rf '" + site.log() + "'; touch '" + site.log() + "'");
        }

        @Override
        public void heal(Site site) throws Exception {
            site.space().run("rm", "-rf", aside(site), site.log().toString());
        }
    }

    private static String aside(Site site) {
        return site.log() + "-aside";
    }

    private static void moveAside(Site site) throws Exception {
        site.space().run("sh", "-c", "mv '" + site.log() + "' '" + aside(site) + "' || true");
    }

    /** The process may not make any file larger. */
    private static final class NoGrowth implements Fault {
        @Override
        public void inject(Site site) throws Exception {
            site.limitFiles(0);
        }

        @Override
        public void heal(Site site) throws Exception {
            site.limitFiles(-1);
        }
    }
}
