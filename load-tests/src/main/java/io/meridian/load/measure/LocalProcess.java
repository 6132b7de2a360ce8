package io.meridian.load.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** Finds a process of this machine by the port it listens on, from Linux' {@code /proc}. Elsewhere it finds none. */
public final class LocalProcess {
    private static final String LISTENING = "0A";
    private static final Path PROC = Path.of("/proc");

    private LocalProcess() {}

    /** The process that listens on a TCP port; empty if there is none, or it is somebody else's. */
    public static OptionalLong listeningOn(int port) {
        Set<String> sockets = new HashSet<>();
        collect(PROC.resolve("net/tcp"), port, sockets);
        collect(PROC.resolve("net/tcp6"), port, sockets);
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (!sockets.isEmpty() && holds(process.resolve("fd"), sockets)) {
                    return OptionalLong.of(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            // No Linux.
        }
        return OptionalLong.empty();
    }

    /** Fields as in proc(5): 1 local address, 3 state, 9 inode. */
    private static void collect(Path table, int port, Set<String> sockets) {
        String suffix = String.format(":%04X", port);
        try {
            for (String line : Files.readAllLines(table)) {
                String[] fields = line.trim().split("\\s+");
                if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING)) {
                    sockets.add("socket:[" + fields[9] + "]");
                }
            }
        } catch (IOException e) {
            // No such table: no such sockets.
        }
    }

    private static boolean holds(Path descriptors, Set<String> sockets) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : open) {
                if (sockets.contains(target(descriptor))) {
                    return true;
                }
            }
        } catch (IOException e) {
            // Gone, or not ours to look into.
        }
        return false;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
