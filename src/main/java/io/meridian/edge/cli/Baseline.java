package io.meridian.edge.cli;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.adapter.config.ConfigFiles;
import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.adapter.release.ReleaseRefused;
import io.meridian.edge.core.bundle.LockedKeys;
import io.meridian.edge.core.release.ContentDigest;
import io.meridian.edge.core.release.Scopes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration that a bundle is made from or compared with.
 *
 * @param name as people gave it
 * @param content its content digest; null for none
 * @param files what is in it; empty for none, null if only its digest is known
 */
record Baseline(
        String name, @Nullable String content, @Nullable SortedMap<String, byte[]> files) {
    static final String NONE = "none";

    /**
     * What the text stands for: {@code none}, a content digest, a folder or an archive. Throws {@link IllegalArgumentException} for
     * anything else.
     */
    static Baseline of(String text) throws IOException, ReleaseRefused {
        if (text.equals(NONE)) {
            return new Baseline(text, null, new TreeMap<>());
        }
        if (ContentDigest.isDigest(text)) {
            return new Baseline(text, text, null);
        }
        Path path = Path.of(text);
        if (Files.isDirectory(path)) {
            ConfigFiles read = ConfigFiles.read(path);
            if (!read.problems().isEmpty()) {
                throw new IllegalArgumentException(read.problems().get(0).toString());
            }
            return new Baseline(text, ContentDigest.of(ContentDigest.each(read.files())), read.files());
        }
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is no folder, archive or content digest; write one of these, or none where nothing is active yet");
        }
        Archive archive = ReleaseCommand.archive(path);
        return new Baseline(text, archive.manifest().content(), archive.files());
    }

    /** Paths of files that differ; null if its files are not known. */
    @Nullable
    SortedSet<String> changedPaths(SortedMap<String, byte[]> after) {
        return files == null ? null : Scopes.changedPaths(ContentDigest.each(files), ContentDigest.each(after));
    }

    /** The revision in its {@code bundle.yaml}; 0 if there is none. */
    long revision() {
        return files == null || files.isEmpty() ? 0 : BundleReader.read(files).revision();
    }

    /** Names of the locked keys that differ. */
    Set<String> changedLocks(SortedMap<String, byte[]> after) {
        return files == null || files.isEmpty()
                ? Set.of()
                : LockedKeys.changed(BundleReader.read(files), BundleReader.read(after));
    }
}
