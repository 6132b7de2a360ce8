package io.meridian.edge.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A region is brought to a new version, replica by replica, and nobody who calls it notices. */
class RollingRestartTest {
    private static final int REPLICAS = 3;
    private static final int ROUNDS = 3;
    private static final int MANY = 2_000;

    /** Calls a restarted replica answers before the next one is ended. */
    private static final int AT_WORK = 50;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsAnExecutable() {
        Executable.path();
    }

    @Test
    void restartingEveryReplicaFailsNoCallAndLosesNothing() throws Exception {
        List<Service> replicas = new ArrayList<>();
        List<int[]> ports = new ArrayList<>();
        for (int i = 0; i < REPLICAS; i++) {
            Files.createDirectory(home(i));
            ports.add(Service.freePorts());
        }
        try (Production production = new Production(folder);
                Balancer balancer = new Balancer(ports)) {
            for (int i = 0; i < REPLICAS; i++) {
                replicas.add(production.start(ports.get(i), home(i)));
            }
            for (int i = 0; i < REPLICAS; i++) {
                replicas.get(i).await("routed", balancer.places().get(i)::routed);
            }
            Visitors visitors = new Visitors(balancer, production.key());
            try (visitors) {
                for (int i = 0; i < REPLICAS * ROUNDS; i++) {
                    restart(
                            production,
                            replicas,
                            i % REPLICAS,
                            balancer.places().get(i % REPLICAS));
                }
            }
            int calls = visitors.calls();
            int failed = visitors.failed();
            assertEquals(0, failed, () -> "calls of " + calls + " failed\n" + visitors.failures());
            assertTrue(calls >= MANY, calls + " calls");
            assertEquals(List.of(), visitors.forgotten());
            for (Service replica : replicas) {
                end(replica);
            }
            long records = 0;
            for (int i = 0; i < REPLICAS; i++) {
                records += Folders.lines(home(i).resolve("decision-log"));
            }
            assertTrue(records >= visitors.decided(), records + " records of " + visitors.decided() + " decisions");
            System.out.printf(
                    "rolling restart, %d replicas, %d rounds: %d of %d calls failed; %d consents and their impressions kept;"
                            + " %d records of %d decisions%n",
                    REPLICAS, ROUNDS, failed, calls, visitors.visits(), records, visitors.decided());
        } finally {
            replicas.forEach(Service::close);
        }
    }

    private Path home(int replica) {
        return folder.resolve("replica-" + replica);
    }

    /** Ends one as an orchestrator does and starts another in its place; returns when that one does its share. */
    private void restart(Production production, List<Service> replicas, int number, Balancer.Place place)
            throws Exception {
        long closing = place.closing();
        end(replicas.get(number));
        assertTrue(place.closing() > closing, "callers are told that their connections end");
        long before = place.answered();
        Service fresh = production.start(place.ports(), home(number));
        replicas.set(number, fresh);
        fresh.ready();
        fresh.await("at work", () -> place.answered() >= before + AT_WORK);
    }

    private static void end(Service replica) throws Exception {
        long begun = System.nanoTime();
        replica.terminate();
        int exit = replica.exit();
        assertTrue(Set.of(0, 143).contains(exit), "exit code " + exit + "\n" + replica.log());
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        assertTrue(seconds < 30, "killed after 30 s, but needs " + seconds);
    }
}
