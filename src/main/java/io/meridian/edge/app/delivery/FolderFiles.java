package io.meridian.edge.app.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The YAML files of a configuration folder, read once each, so that what is told apart, compiled and kept are the same bytes. */
final class FolderFiles {
    /** The most files, and the most bytes of one: as many as a configuration may have. */
    static final int MAX_FILES = 2_000;

    static final int MAX_FILE_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 8;

    private FolderFiles() {}

    /** A folder whose files cannot all be read; {@code validate} tells each of them with its place. */
    static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /** By path relative to the folder, with {@code /}. Hidden files and folders are none of ours. */
    static SortedMap<String, byte[]> read(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        visit(folder, (path, file, attributes) -> {
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
                if (bytes.length > MAX_FILE_BYTES) {
                    throw new Unreadable(path + " is larger than " + MAX_FILE_BYTES + " bytes");
                }
                files.put(path, bytes);
            }
        });
        return files;
    }

    /** What a file looks like from outside. */
    record Look(long size, long modifiedNanos) {}

    /** The same files without reading them. */
    static SortedMap<String, Look> look(Path folder) throws IOException {
        SortedMap<String, Look> files = new TreeMap<>();
        visit(
                folder,
                (path, file, attributes) -> files.put(
                        path,
                        new Look(
                                attributes.size(),
                                attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS))));
        return files;
    }

    private interface Visitor {
        void file(String path, Path file, BasicFileAttributes attributes) throws IOException;
    }

    private static void visit(Path folder, Visitor visitor) throws IOException {
        int[] count = new int[1];
        Files.walkFileTree(folder, Set.of(), MAX_DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean hidden = !directory.equals(folder) && isHidden(directory);
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (isHidden(file) || !(name.endsWith(".yaml") || name.endsWith(".yml"))) {
                    return FileVisitResult.CONTINUE;
                }
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (!attributes.isRegularFile()) {
                    throw new Unreadable(path + " is no regular file");
                }
                if (++count[0] > MAX_FILES) {
                    throw new Unreadable("there are more than " + MAX_FILES + " files");
                }
                visitor.file(path, file, attributes);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
