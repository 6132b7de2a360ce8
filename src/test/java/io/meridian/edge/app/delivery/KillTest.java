package io.meridian.edge.app.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.config.TrustFile;
import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.adapter.release.SigningKeys;
import io.meridian.edge.core.release.Act;
import io.meridian.edge.core.release.TrustPolicy;
import io.meridian.edge.testing.Releases;
import io.meridian.edge.testing.TestBundles;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An edge in a process of its own takes signed bundles one after the other and is killed (SIGKILL) at random moments, again and again. It
 * always starts, with a bundle that is whole: the last it said was active, or the next.
 */
class KillTest {
    private static final String REGION = "here";

    @TempDir
    Path folder;

    @Test
    void killedAtAnyMomentItStartsWithAWholeBundle() throws Exception {
        int kills = Boolean.getBoolean("meridian.thorough") ? 100 : 6;
        long seed = 20_261_122;
        SplittableRandom random = new SplittableRandom(seed);
        Releases people =
                new Releases().person("anna", "author:*", "author:locked").person("ben", "approve:*", "approve:locked");
        Files.writeString(folder.resolve("trust.yaml"), people.trustYaml());
        SigningKeys.write(folder.resolve("anna.pem"), people.keys("anna").getPrivate());
        SigningKeys.write(folder.resolve("ben.pem"), people.keys("ben").getPrivate());
        long told = 0;
        int amidst = 0;
        for (int kill = 0; kill < kills; kill++) {
            told = Math.max(told, runAndKill(kill % 2 == 0, random.nextDouble()));
            long found = found(people.trust(), told, "kill " + kill + " of seed " + seed);
            amidst += found > told ? 1 : 0;
            told = found;
        }
        assertTrue(told >= kills, "only " + told + " activations");
        System.out.println(kills + " kills, " + told + " activations, " + amidst + " killed between disk and word");
    }

    /** Until a file is being written, but no longer than ten activations take. */
    private void awaitWriting(long interval) {
        Path state = folder.resolve("state");
        Path[] places = {state, state.resolve("bundles")};
        long deadline = System.nanoTime() + 10 * interval;
        while (System.nanoTime() < deadline) {
            for (Path place : places) {
                String[] names = place.toFile().list();
                if (names != null && Arrays.stream(names).anyMatch(name -> name.endsWith(".unfinished"))) {
                    return;
                }
            }
        }
    }

    /**
     * Lets an edge run and kills it: while it writes a file, or some part of an activation's time after it said one was done.
     *
     * @return the last revision it said was active; 0 if it said nothing
     */
    private long runAndKill(boolean amidstWriting, double fraction) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("ready", out.readLine());
            // The first activations are slow, for classes are loaded.
            long before = 0;
            long interval = 0;
            for (int line = 0; line < 3; line++) {
                assertNotNull(out.readLine());
                interval = System.nanoTime() - before;
                before = System.nanoTime();
            }
            if (amidstWriting) {
                awaitWriting(interval);
            } else {
                LockSupport.parkNanos((long) (fraction * interval));
            }
            // Through its handle: the process itself would close what there is still to read.
            process.toHandle().destroyForcibly();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            long last = 0;
            // What it said before it died; of a line that broke off nothing.
            for (String line : out.lines().toList()) {
                if (line.endsWith(".")) {
                    last = Long.parseLong(line.substring(0, line.length() - 1));
                }
            }
            return last;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts from what was left behind. */
    private long found(TrustPolicy trust, long told, String when) {
        try (Edge edge = new Edge(folder.resolve("state"), trust, REGION)) {
            assertInstanceOf(Outcome.Activated.class, edge.delivery.begin(null), when);
            assertEquals(List.of(), edge.delivery.status().damages(), when);
            long revision = edge.revision();
            assertTrue(revision >= told, when + ": " + told + " was active and now " + revision + " is");
            assertEquals(content(revision), edge.delivery.status().content(), when);
            assertEquals(revision, edge.delivery.status().standing().highestRevision(), when);
            assertTrue(edge.audit().stream().anyMatch(event -> event.revision() == revision), when);
            return revision;
        }
    }

    private static SortedMap<String, byte[]> edition(long revision) {
        return Releases.revision(Releases.files(TestBundles.MINIMAL), revision);
    }

    private static String content(long revision) {
        return Releases.content(edition(revision));
    }

    /** The process that is killed. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            TrustPolicy trust = ((TrustFile.Outcome.Read) TrustFile.read(folder.resolve("trust.yaml"))).policy();
            PrivateKey author = SigningKeys.read(folder.resolve("anna.pem"));
            PrivateKey approver = SigningKeys.read(folder.resolve("ben.pem"));
            Edge edge = new Edge(folder.resolve("state"), trust, REGION);
            edge.delivery.begin(null);
            System.out.println("ready");
            long revision = edge.revision();
            while (true) {
                revision++;
                Archive archive = Releases.bundle(edition(revision), revision == 1 ? null : content(revision - 1))
                        .signed("anna", Act.AUTHOR, author)
                        .signed("ben", Act.APPROVE, approver);
                Outcome outcome = edge.push(archive.write());
                if (!(outcome instanceof Outcome.Activated)) {
                    System.out.println(outcome);
                    System.exit(1);
                }
                System.out.println(revision + ".");
            }
        }
    }
}
