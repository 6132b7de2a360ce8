package io.meridian.edge.adapter.config;

import io.meridian.edge.core.bundle.definition.BundleSource.SourceFile;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files of a configuration, on disk or in memory. Read once each, so that what is hashed is what is compiled. Links are not
 * followed, hidden files and those of other kinds than YAML are none of ours.
 */
final class ConfigFolder {
    /** The largest file, in bytes. */
    static final int MAX_FILE_BYTES = 16 << 20;

    /** The most bytes of all files together. */
    static final int MAX_TOTAL_BYTES = 32 << 20;

    /** The most YAML files. */
    static final int MAX_FILES = 2_000;

    private static final int MAX_FOLDER_DEPTH = 8;

    /** Where bytes come from: at most {@link #MAX_FILE_BYTES} and one of a file. */
    private interface Contents {
        byte[] of(String path) throws IOException;
    }

    private final Contents contents;
    private final Problems problems;
    private final TreeSet<String> unread = new TreeSet<>();
    private final List<SourceFile> read = new ArrayList<>();
    private long total;

    private ConfigFolder(Contents contents, Problems problems) {
        this.contents = contents;
        this.problems = problems;
    }

    /** Files that are in memory already, by path relative to the configuration with {@code /}. */
    static ConfigFolder of(SortedMap<String, byte[]> files, Problems problems) {
        ConfigFolder folder = new ConfigFolder(path -> Objects.requireNonNull(files.get(path)), problems);
        for (String path : files.keySet()) {
            if (isOurs(path) && !folder.list(path)) {
                break;
            }
        }
        return folder;
    }

    /** Lists the folder. Whatever is wrong with it becomes a problem; the rest can still be read. */
    static ConfigFolder open(Path folder, Problems problems) {
        ConfigFolder files = new ConfigFolder(
                path -> {
                    try (InputStream in = Files.newInputStream(folder.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
                        return in.readNBytes(MAX_FILE_BYTES + 1);
                    }
                },
                problems);
        if (!Files.isDirectory(folder)) {
            problems.add(Where.file("."), "missing-file", "there is no folder " + folder, "");
            return files;
        }
        try {
            Files.walkFileTree(folder, Set.of(), MAX_FOLDER_DEPTH, files.new Lister(folder));
        } catch (IOException unreadable) {
            problems.add(Where.file("."), "unreadable", "the folder cannot be read: " + unreadable.getMessage(), "");
        }
        return files;
    }

    boolean has(String path) {
        return unread.contains(path);
    }

    /** The names directly below a path (ending in {@code /}), files and folders, sorted. */
    List<String> below(String path) {
        TreeSet<String> names = new TreeSet<>();
        for (String file : unread.tailSet(path)) {
            if (!file.startsWith(path)) {
                break;
            }
            int slash = file.indexOf('/', path.length());
            names.add(slash < 0 ? file.substring(path.length()) : file.substring(path.length(), slash));
        }
        return List.copyOf(names);
    }

    /** The file's top-level mapping; null, with a problem, if it cannot be read. It counts as read either way. */
    @Nullable
    Fields fields(String path) {
        unread.remove(path);
        String text = text(path);
        YamlNode root = text == null ? null : YamlParser.parse(path, text, problems);
        Fields fields = root == null ? null : Fields.of(root, problems);
        if (fields == null) {
            problems.lost(path);
        }
        return fields;
    }

    /** Files that no part of the configuration asked for. */
    List<String> unread() {
        return List.copyOf(unread);
    }

    /** The bytes of every file. One that cannot be read becomes a problem. */
    SortedMap<String, byte[]> bytes() {
        SortedMap<String, byte[]> all = new TreeMap<>();
        for (String path : unread) {
            byte[] bytes = bytes(path);
            if (bytes != null) {
                all.put(path, bytes);
            }
        }
        return all;
    }

    /** Files that were read, by path. */
    List<SourceFile> read() {
        return read.stream()
                .sorted(java.util.Comparator.comparing(SourceFile::path))
                .toList();
    }

    private @Nullable String text(String path) {
        byte[] bytes = bytes(path);
        if (bytes == null) {
            return null;
        }
        read.add(new SourceFile(path, Sha256.hex(bytes)));
        return text(path, bytes, problems);
    }

    /** Null, with a problem, if the file cannot be read or is too large, or if all files before it were already too large together. */
    private byte @Nullable [] bytes(String path) {
        Where where = Where.file(path);
        if (total > MAX_TOTAL_BYTES) {
            return null;
        }
        byte[] bytes;
        try {
            bytes = contents.of(path);
        } catch (IOException unreadable) {
            problems.add(where, "unreadable", "the file cannot be read: " + unreadable.getMessage(), "");
            return null;
        }
        if (bytes.length > MAX_FILE_BYTES) {
            problems.add(where, "too-large", "the file is larger than " + MAX_FILE_BYTES + " bytes", "split it");
            return null;
        }
        total += bytes.length;
        if (total > MAX_TOTAL_BYTES) {
            problems.add(Where.file("."), "too-large", "the files are larger than " + MAX_TOTAL_BYTES + " bytes", "");
            return null;
        }
        return bytes;
    }

    /** A file's text with line feeds alone; null, with a problem, if it is none. */
    static @Nullable String text(String path, byte[] bytes, Problems problems) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
            return unmarked.indexOf('\r') < 0
                    ? unmarked
                    : unmarked.replace("\r\n", "\n").replace('\r', '\n');
        } catch (CharacterCodingException notText) {
            problems.add(Where.file(path), "bad-yaml", "the file is not UTF-8 text", "save it as UTF-8");
            return null;
        }
    }

    private static boolean isOurs(String path) {
        boolean hidden = path.startsWith(".") || path.contains("/.");
        return !hidden && (path.endsWith(".yaml") || path.endsWith(".yml"));
    }

    /** False, and a problem, if there are too many. */
    private boolean list(String path) {
        if (unread.size() == MAX_FILES) {
            problems.add(Where.file("."), "too-large", "there are more than " + MAX_FILES + " files", "");
            return false;
        }
        return unread.add(path);
    }

    private final class Lister extends SimpleFileVisitor<Path> {
        private final Path folder;

        Lister(Path folder) {
            this.folder = folder;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean hidden = !directory.equals(folder)
                    && directory.getFileName().toString().startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = folder.relativize(file).toString().replace('\\', '/');
            if (!isOurs(path)) {
                return FileVisitResult.CONTINUE;
            }
            if (!attributes.isRegularFile()) {
                problems.add(Where.file(path), "unreadable", "this is no regular file", "links are not followed");
                return FileVisitResult.CONTINUE;
            }
            return list(path) ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            String path = folder.relativize(file).toString().replace('\\', '/');
            problems.add(Where.file(path), "unreadable", "cannot be read: " + unreadable.getMessage(), "");
            return FileVisitResult.CONTINUE;
        }
    }
}
