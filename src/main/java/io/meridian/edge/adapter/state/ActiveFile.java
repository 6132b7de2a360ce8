package io.meridian.edge.adapter.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code active.json}, which says what is active, and {@code active.before.json}, what it said before. */
final class ActiveFile {
    private static final String ACTIVE = "active.json";
    private static final String BEFORE = "active.before.json";
    private static final int MAX_BYTES = 8 << 20;

    private final Path folder;
    private final Path active;
    private final byte @Nullable [] key;
    private boolean lost;

    /** @param key seals what is written; null for none */
    ActiveFile(Path folder, byte @Nullable [] key) {
        this.folder = folder;
        this.active = folder.resolve(ACTIVE);
        this.key = key;
    }

    /**
     * What is known of what was active. An old revision does not come back, whatever became of the file: the audit is asked as well.
     *
     * @param damages gets what is wrong, for people
     */
    Standing read(List<String> damages) {
        long highest = AuditFiles.highestRevision(folder);
        Standing standing;
        try {
            standing = read(active);
            if (standing.highestRevision() < highest) {
                lost(damages, " is older than the audit, which knows revision " + highest);
            }
        } catch (IOException why) {
            standing = before(why, highest > 0, damages);
        }
        return standing.atLeast(highest);
    }

    private Standing before(IOException why, boolean begun, List<String> damages) {
        boolean removed = why instanceof NoSuchFileException;
        Standing before = Standing.NOTHING;
        boolean first = removed && !begun;
        try {
            before = read(folder.resolve(BEFORE));
            first &= before.kept().isEmpty();
        } catch (NoSuchFileException never) {
            // The first start, or everything was removed on purpose; else the audit told.
        } catch (IOException alsoDamaged) {
            // No bundle can be told from what was staged beside it.
            first = false;
        }
        if (!first) {
            lost(damages, removed ? " was removed" : " is damaged: " + why.getMessage());
        }
        return before;
    }

    private void lost(List<String> damages, String what) {
        lost = true;
        damages.add(active.toAbsolutePath() + what);
    }

    /** True if what was read is of an earlier time, or nothing. */
    boolean lost() {
        return lost;
    }

    private Standing read(Path file) throws IOException {
        return StandingJson.read(DurableFile.read(file, MAX_BYTES), key);
    }

    /**
     * From here on, also after the process was killed, it says what is next. If this throws, it says what it said. Once the file has its
     * name, a restart goes by it: what fails after that is no failure any more.
     */
    void write(Standing now, Standing next) throws IOException {
        DurableFile.write(folder.resolve(BEFORE), StandingJson.write(now, key));
        byte[] bytes = StandingJson.write(next, key);
        try {
            DurableFile.write(active, bytes);
        } catch (IOException failed) {
            if (!Files.exists(active) || !Arrays.equals(DurableFile.read(active, MAX_BYTES), bytes)) {
                throw failed;
            }
        }
    }
}
