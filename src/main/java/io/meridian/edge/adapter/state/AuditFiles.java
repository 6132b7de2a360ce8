package io.meridian.edge.adapter.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** The files of an audit, for whoever reads them. */
public final class AuditFiles {
    static final String CURRENT = "audit.jsonl";

    private static final String PREFIX = "audit-";
    private static final String SUFFIX = ".jsonl";
    private static final int DIGITS = 12;

    /** A line is never longer: what is in it is bounded. */
    private static final int MAX_LINE = 64 * 1024;

    private AuditFiles() {}

    /** What a writer goes on from. */
    record Tail(long sequence, String previous, long firstInFile, long endOfLastLine) {}

    /** Told every whole line, the oldest first. */
    public interface Reader {
        void line(String line) throws IOException;
    }

    static String name(long first) {
        String digits = Long.toString(first);
        return PREFIX + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits + SUFFIX;
    }

    /** Closed files, the oldest first. */
    static List<Path> closed(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            found.forEach(files::add);
        }
        Collections.sort(files);
        return files;
    }

    /** True if there is an audit in the folder. */
    public static boolean exist(Path folder) {
        return Files.exists(folder.resolve(CURRENT));
    }

    /** Reads all files, one line at a time. Whatever a killed process left of a line at the end is passed over. */
    public static void read(Path folder, Reader reader) throws IOException {
        for (Path file : closed(folder)) {
            readFile(file, reader);
        }
        if (exist(folder)) {
            readFile(folder.resolve(CURRENT), reader);
        }
    }

    /** The highest revision the audit says was ever active; 0 if it says nothing. */
    static long highestRevision(Path folder) {
        long[] highest = new long[1];
        try {
            read(folder, line -> {
                try {
                    AuditEvent event = AuditEvent.read(line).event();
                    if (event.what() == AuditEvent.What.ACTIVATED) {
                        highest[0] = Math.max(highest[0], event.revision());
                    }
                } catch (IOException damagedLine) {
                    // The others may still tell.
                }
            });
        } catch (IOException unreadable) {
            // As far as it could be read.
        }
        return highest[0];
    }

    /** The last whole lines, the oldest first. */
    public static List<String> last(Path folder, int count) throws IOException {
        Deque<String> lines = new ArrayDeque<>();
        List<Path> files = closed(folder);
        // What fits into one closed file and the current one is more than anybody is given.
        for (Path file : files.subList(Math.max(0, files.size() - 1), files.size())) {
            readFile(file, line -> keep(lines, line, count));
        }
        if (exist(folder)) {
            readFile(folder.resolve(CURRENT), line -> keep(lines, line, count));
        }
        return List.copyOf(lines);
    }

    private static void keep(Deque<String> lines, String line, int count) {
        lines.addLast(line);
        if (lines.size() > count) {
            lines.removeFirst();
        }
    }

    /** Returns where the last whole line ends, in bytes. */
    private static long readFile(Path file, Reader reader) throws IOException {
        long end = 0;
        long at = 0;
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                at++;
                if (next == '\n') {
                    end = at;
                    byte[] bytes = line.toString().getBytes(StandardCharsets.ISO_8859_1);
                    reader.line(new String(bytes, StandardCharsets.UTF_8));
                    line.setLength(0);
                } else if (line.length() < MAX_LINE) {
                    line.append((char) next);
                } else {
                    throw new IOException(file.getFileName() + " has a line longer than " + MAX_LINE + " bytes");
                }
            }
        }
        return end;
    }

    /** Where to go on after the last whole line of all. */
    static Tail tail(Path folder) throws IOException {
        long[] sequence = new long[1];
        String[] previous = {AuditChain.BEGIN};
        for (Path file : closed(folder)) {
            readFile(file, line -> follow(line, sequence, previous));
        }
        long first = sequence[0] + 1;
        long end = exist(folder) ? readFile(folder.resolve(CURRENT), line -> follow(line, sequence, previous)) : 0;
        return new Tail(sequence[0], previous[0], first, end);
    }

    /** A line that cannot be understood still has a hash, and counts: the chain goes on, and shows where it was broken. */
    private static void follow(String line, long[] sequence, String[] previous) {
        try {
            sequence[0] = AuditEvent.read(line).sequence();
        } catch (IOException damaged) {
            sequence[0]++;
        }
        previous[0] = AuditChain.hash(line);
    }
}
