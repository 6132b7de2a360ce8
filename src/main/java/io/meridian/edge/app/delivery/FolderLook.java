package io.meridian.edge.app.delivery;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the YAML files of a folder look like from outside, without reading them: to notice cheaply that something was saved. */
final class FolderLook {
    /** As deep as a configuration may be. */
    private static final int MAX_DEPTH = 8;

    /** More files than a configuration may have: to see that there are too many is enough. */
    private static final int MAX_FILES = 4_000;

    private FolderLook() {}

    /** A file's size and time of modification. */
    record Look(long size, long modifiedNanos) {}

    /** By path relative to the folder. */
    static Map<Path, Look> at(Path folder) throws IOException {
        Map<Path, Look> files = new HashMap<>();
        Files.walkFileTree(folder, Set.of(), MAX_DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean hidden = !directory.equals(folder) && isHidden(directory);
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (!isHidden(file) && (name.endsWith(".yaml") || name.endsWith(".yml"))) {
                    files.put(
                            folder.relativize(file),
                            new Look(
                                    attributes.size(),
                                    attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)));
                }
                return files.size() < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }
        });
        return files;
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
