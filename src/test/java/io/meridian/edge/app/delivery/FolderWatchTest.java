package io.meridian.edge.app.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.config.ConfigFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saves of every kind are noticed, and offered once. */
class FolderWatchTest {
    @TempDir
    Path folder;

    private final BlockingQueue<Candidate> offers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> complaints = new LinkedBlockingQueue<>();
    private FolderWatch watch;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(folder.resolve("global"));
        Files.writeString(folder.resolve("bundle.yaml"), "revision: 1\n");
        watch = new FolderWatch(
                folder, Candidate.ofFolder(ConfigFiles.read(folder).files()).content(), offers::add, complaints::add);
        watch.start();
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    private String next(String path) throws InterruptedException {
        Candidate offer = offers.poll(60, TimeUnit.SECONDS);
        assertNotNull(offer, "nothing was offered");
        byte[] bytes = offer.files().get(path);
        return bytes == null ? "none" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void whatIsSavedRenamedOrDeletedIsOffered() throws Exception {
        Files.writeString(folder.resolve("bundle.yaml"), "revision: 22\n");
        assertEquals("revision: 22\n", next("bundle.yaml"));
        // As many editors save: a new file is moved over the old one.
        Files.writeString(folder.resolve(".bundle.yaml.tmp"), "revision: 333\n");
        Files.move(
                folder.resolve(".bundle.yaml.tmp"),
                folder.resolve("bundle.yaml"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertEquals("revision: 333\n", next("bundle.yaml"));
        Files.writeString(folder.resolve("global/caps.yaml"), "caps: []\n");
        assertEquals("caps: []\n", next("global/caps.yaml"));
        Files.delete(folder.resolve("global/caps.yaml"));
        assertEquals("none", next("global/caps.yaml"));
    }

    /** Some file systems know times of modification only to the second or two. */
    @Test
    void aSaveThatLeavesSizeAndTimeAsTheyWereIsOfferedToo() throws Exception {
        Path file = folder.resolve("bundle.yaml");
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        Files.writeString(file, "revision: 2\n");
        Files.setLastModifiedTime(file, time);
        assertEquals("revision: 2\n", next("bundle.yaml"));
        Files.writeString(file, "revision: 3\n");
        Files.setLastModifiedTime(file, time);
        assertEquals("revision: 3\n", next("bundle.yaml"));
    }

    @Test
    void whatCannotBeReadIsToldOnceAndLeavesTheWatchWatching() throws Exception {
        Path link = folder.resolve("global/link.yaml");
        Files.createSymbolicLink(link, folder.resolve("bundle.yaml"));
        String complaint = complaints.poll(60, TimeUnit.SECONDS);
        assertNotNull(complaint);
        assertTrue(complaint.contains("global/link.yaml"), complaint);
        Files.delete(link);
        Files.writeString(folder.resolve("bundle.yaml"), "revision: 44\n");
        assertEquals("revision: 44\n", next("bundle.yaml"));
        assertTrue(complaints.isEmpty(), complaints.toString());
    }
}
