package io.meridian.edge.adapter.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one region's state: {@code active.json} says what is active, {@code bundles/} holds it and what was active before, {@code
 * staged/} what is to become active later, {@code audit.jsonl} how all of it came about. For one thread.
 *
 * <p>What is read back is not yet trusted: whoever activates it holds every digest and signature against the trust policy again.
 */
public final class StateFolder implements AutoCloseable {
    /** The most bundles that wait to be activated. */
    public static final int MAX_STAGED = 10;

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final String PREFIX = "sha256:";
    private static final String SUFFIX = ".bundle";

    /** Another process uses the folder. */
    public static final class InUse extends Exception {
        private static final long serialVersionUID = 1L;

        InUse(Path folder) {
            super("another Meridian uses " + folder.toAbsolutePath() + "; give this one a folder of its own");
        }
    }

    private final Path folder;
    private final Path bundles;
    private final Path staged;
    private final int maxBundleBytes;
    private final ActiveFile active;
    private final List<String> damages = new ArrayList<>();
    private @Nullable FileChannel lockFile;
    private Standing standing = Standing.NOTHING;

    private StateFolder(Path folder, int maxBundleBytes, byte @Nullable [] key) {
        this.folder = folder;
        this.bundles = folder.resolve("bundles");
        this.staged = folder.resolve("staged");
        this.maxBundleBytes = maxBundleBytes;
        this.active = new ActiveFile(folder, key);
    }

    /**
     * Opens a folder, which is made if it is not there. What is damaged, or cannot be written, is told by {@link #damages} and does not
     * keep a service from starting.
     *
     * @param maxBundleBytes larger files are damage
     * @param key seals what is written, so that nobody without it can change it; null for none
     */
    public static StateFolder open(Path folder, int maxBundleBytes, byte @Nullable [] key) throws InUse {
        StateFolder state = new StateFolder(folder, maxBundleBytes, key);
        try {
            Files.createDirectories(state.bundles);
            Files.createDirectories(state.staged);
            state.lock();
            state.clean();
        } catch (IOException failed) {
            state.damages.add("the state folder " + folder.toAbsolutePath() + " cannot be written: " + failed);
        }
        state.standing = state.active.read(state.damages);
        return state;
    }

    private void lock() throws IOException, InUse {
        FileChannel file =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock == null) {
                file.close();
                throw new InUse(folder);
            }
            lockFile = file;
        } catch (OverlappingFileLockException sameProcess) {
            file.close();
            throw new InUse(folder);
        }
    }

    /** Files that were being written when a process was killed. */
    private void clean() throws IOException {
        for (Path place : List.of(folder, bundles, staged)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(place, "*" + DurableFile.UNFINISHED)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** True if it is not known what was active last: {@link #standing} is of an earlier time, or empty. */
    public boolean lost() {
        return active.lost();
    }

    /** True if it is written as digests are. */
    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** What was wrong with the folder when it was opened; empty if nothing. */
    public List<String> damages() {
        return List.copyOf(damages);
    }

    /** Where the audit lies. */
    public Path folder() {
        return folder;
    }

    public Standing standing() {
        return standing;
    }

    /** The bytes of a bundle that was active. */
    public byte[] kept(Kept kept) throws IOException {
        return DurableFile.read(path(bundles, kept.digest()), maxBundleBytes);
    }

    /**
     * From here on, also after the process was killed, this bundle is the active one. If this throws, the one before is.
     *
     * @param archive its bytes; the file is written first, and only then said to be active
     */
    public void activate(Standing next, Kept bundle, byte[] archive) throws IOException {
        requireLock();
        DurableFile.write(path(bundles, bundle.digest()), archive);
        active.write(standing, next);
        standing = next;
        prune();
    }

    private void requireLock() throws IOException {
        if (lockFile == null) {
            throw new IOException("the state folder cannot be written; it could not be when the service started");
        }
    }

    /** What is no longer among those kept. A file that stays is found the next time. */
    private void prune() {
        Set<Path> needed = new HashSet<>();
        standing.kept().forEach(kept -> needed.add(path(bundles, kept.digest())));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(bundles, "*" + SUFFIX)) {
            for (Path file : files) {
                if (!needed.contains(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException leftForTheNextTime) {
            // Nothing depends on it.
        }
    }

    /** Keeps a bundle that is to become active later; of too many the oldest goes. */
    public void stage(String digest, byte[] archive) throws IOException {
        requireLock();
        DurableFile.write(path(staged, digest), archive);
        List<Path> all = stagedFiles();
        for (Path old : all.subList(0, Math.max(0, all.size() - MAX_STAGED))) {
            Files.deleteIfExists(old);
        }
    }

    /** The bundles that wait, the oldest first. */
    public List<byte[]> staged() throws IOException {
        List<byte[]> archives = new ArrayList<>();
        for (Path file : stagedFiles()) {
            archives.add(DurableFile.read(file, maxBundleBytes));
        }
        return archives;
    }

    /** It waits no more. */
    public void unstage(String digest) {
        try {
            Files.deleteIfExists(path(staged, digest));
        } catch (IOException staysThere) {
            // Activated again it would be refused: its revision is no longer new.
        }
    }

    private List<Path> stagedFiles() throws IOException {
        Map<Path, Long> times = new HashMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(staged, "*" + SUFFIX)) {
            for (Path file : found) {
                times.put(file, Files.getLastModifiedTime(file).toMillis());
            }
        }
        return times.keySet().stream()
                .sorted(Comparator.comparing((Path file) -> times.get(file)).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static Path path(Path place, String digest) {
        if (!isDigest(digest)) {
            throw new IllegalArgumentException("not a digest");
        }
        return place.resolve(digest.substring(PREFIX.length()) + SUFFIX);
    }

    /** Lets another process use the folder. */
    @Override
    public void close() {
        FileChannel file = lockFile;
        lockFile = null;
        if (file != null) {
            try {
                file.close();
            } catch (IOException released) {
                // The lock goes with the process at the latest.
            }
        }
    }
}
