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

/** Saves of every kind are noticed, and offered once. The time is the test's: however slow the machine, nothing is looked at in between. */
class FolderWatchTest {
    @TempDir
    Path folder;

    private final BlockingQueue<Candidate> offers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> complaints = new LinkedBlockingQueue<>();
    private Outcome answer = new Outcome.Staged(1, "");
    private long time;
    private FolderWatch watch;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(folder.resolve("global"));
        Files.writeString(folder.resolve("bundle.yaml"), "revision: 1\n");
        watch = new FolderWatch(
                folder, Candidate.ofFolder(ConfigFiles.read(folder).files()).content(), this::offered, complaints::add);
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    private Outcome offered(Candidate candidate) {
        offers.add(candidate);
        return answer;
    }

    /** As many looks as it takes to see that a folder has come to rest. */
    private void look() {
        for (int i = 0; i < 3; i++) {
            time += TimeUnit.MILLISECONDS.toNanos(500);
            watch.look(time);
        }
    }

    private void lookLater() {
        time += TimeUnit.SECONDS.toNanos(10);
        look();
    }

    private String next(String path) {
        look();
        return last(path);
    }

    private String last(String path) {
        Candidate offer = offers.poll();
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
        lookLater();
        assertEquals("revision: 3\n", last("bundle.yaml"));
    }

    @Test
    void whatCannotBeReadIsToldOnceAndLeavesTheWatchWatching() throws Exception {
        Path link = folder.resolve("global/link.yaml");
        Files.createSymbolicLink(link, folder.resolve("bundle.yaml"));
        look();
        lookLater();
        lookLater();
        assertEquals(1, complaints.size(), complaints.toString());
        assertTrue(complaints.element().contains("global/link.yaml"), complaints.toString());
        Files.delete(link);
        Files.writeString(folder.resolve("bundle.yaml"), "revision: 44\n");
        assertEquals("revision: 44\n", next("bundle.yaml"));
        assertEquals(1, complaints.size(), complaints.toString());
        Files.createSymbolicLink(link, folder.resolve("bundle.yaml"));
        look();
        assertEquals(2, complaints.size(), "told anew after it could be read");
    }

    @Test
    void whatWasRefusedInPassingIsOfferedAgainByItself() throws Exception {
        answer = Outcome.Rejected.of(Codes.BUSY, "later");
        Files.writeString(folder.resolve("bundle.yaml"), "revision: 22\n");
        assertEquals("revision: 22\n", next("bundle.yaml"));
        answer = new Outcome.Staged(1, "");
        lookLater();
        assertEquals("revision: 22\n", last("bundle.yaml"));
        lookLater();
        assertTrue(offers.isEmpty());
    }

    /** A model that was missing may have come since. */
    @Test
    void whatWasRefusedForWhatIsInItIsOfferedAgainWhenItIsSavedAgain() throws Exception {
        Path file = folder.resolve("bundle.yaml");
        answer = Outcome.Rejected.of("does-not-compile", "no such model");
        Files.writeString(file, "revision: 22\n");
        assertEquals("revision: 22\n", next("bundle.yaml"));
        lookLater();
        assertTrue(offers.isEmpty());
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
        assertEquals("revision: 22\n", next("bundle.yaml"));
    }

    @Test
    void itLooksByItself() throws Exception {
        watch.start();
        Files.writeString(folder.resolve(".new"), "revision: 22\n");
        Files.move(
                folder.resolve(".new"),
                folder.resolve("bundle.yaml"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertNotNull(offers.poll(60, TimeUnit.SECONDS));
    }
}
