package io.meridian.edge.adapter.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    private static final int WRITERS = 4;
    private static final int TIMES = 20;
    private static final int BYTES = 10_000;

    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }

    @Test
    void whatIsWrittenReplacesWhatWas() throws Exception {
        Path file = folder.resolve("a");
        DurableFile.write(file, new byte[] {1, 2, 3});
        DurableFile.write(file, new byte[] {4});
        assertArrayEquals(new byte[] {4}, Files.readAllBytes(file));
        assertEquals(List.of("a"), names());
    }

    @Test
    void ofTwoWhoWriteAtOnceOneIsTheLast() throws Exception {
        Path file = folder.resolve("a");
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            for (var written : writers.invokeAll(IntStream.range(0, WRITERS)
                    .<Callable<Void>>mapToObj(writer -> () -> write(file, writer))
                    .collect(Collectors.toList()))) {
                written.get();
            }
        } finally {
            writers.shutdownNow();
        }
        byte[] last = Files.readAllBytes(file);
        assertArrayEquals(of(last[0]), last, "that of one writer, whole");
        assertEquals(List.of("a"), names());
    }

    private static Void write(Path file, int writer) throws IOException {
        for (int i = 0; i < TIMES; i++) {
            DurableFile.write(file, of((byte) writer));
        }
        return null;
    }

    private static byte[] of(byte value) {
        byte[] bytes = new byte[BYTES];
        Arrays.fill(bytes, value);
        return bytes;
    }

    @Test
    void whatCannotBePutInItsPlaceLeavesNothingBehind() throws Exception {
        Path file = folder.resolve("a");
        Files.createDirectories(file.resolve("x"));
        assertThrows(IOException.class, () -> DurableFile.write(file, new byte[] {1}));
        assertEquals(List.of("a"), names());
    }
}
