package io.meridian.edge.app.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.bundle.ActiveBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample configuration with its trained models, exchanged while decisions are made. */
class ActivationsTest {
    @TempDir
    Path state;

    private Edge edge;

    @BeforeEach
    void open() {
        edge = new Edge(state, null);
    }

    @AfterEach
    void close() {
        edge.close();
    }

    private Outcome offer(SortedMap<String, byte[]> files) {
        return edge.delivery
                .folder(Candidate.ofFolder(files), Edge.origin(Origin.Via.FOLDER))
                .join();
    }

    @Test
    void everyDecisionIsWhollyOfOneBundleWhileBundlesAreExchanged() throws Exception {
        int editions = 12;
        assertInstanceOf(Outcome.Activated.class, offer(SampleFiles.edition(1)));
        Load load = new Load(edge.active, 4);
        try (load) {
            for (int revision = 2; revision <= editions; revision++) {
                load.await(20);
                assertInstanceOf(Outcome.Activated.class, offer(SampleFiles.edition(revision)));
            }
            load.await(20);
        }
        assertEquals(List.of(), List.copyOf(load.faults));
        Set<Long> all = LongStream.rangeClosed(1, editions).boxed().collect(Collectors.toSet());
        assertEquals(all, load.revisions());
        Await.until("the models of replaced bundles to be freed", () -> edge.delivery.retiring() == 0);
    }

    @Test
    void whatIsRefusedChangesNothing() {
        offer(SampleFiles.edition(1));
        ActiveBundle.Activation before = edge.active.current();
        SortedMap<String, byte[]> broken = SampleFiles.edition(2);
        broken.put("global/segments.yaml", "segments: [\n".getBytes(StandardCharsets.UTF_8));
        Outcome.Rejected rejected = assertInstanceOf(Outcome.Rejected.class, offer(broken));
        assertEquals("does-not-compile", rejected.code());
        assertTrue(
                rejected.problems().stream().anyMatch(problem -> problem.file().equals("global/segments.yaml")));
        assertSame(before, edge.active.current());
        assertEquals(
                "does-not-compile", edge.delivery.status().rejected().outcome().code());
        offer(SampleFiles.edition(3));
        assertNull(edge.delivery.status().rejected());
        assertEquals(
                List.of("offered", "activated", "offered", "rejected:does-not-compile", "offered", "activated"),
                edge.told());
    }

    @Test
    void whatIsActiveAlreadyIsNotLoadedAgain() {
        offer(SampleFiles.edition(1));
        ActiveBundle.Activation before = edge.active.current();
        assertInstanceOf(Outcome.Unchanged.class, offer(SampleFiles.edition(1)));
        assertSame(before, edge.active.current());
    }

    /** What is stored about people by position must not become something else from one moment to the next. */
    @Test
    void aContractThatMovesStoredValuesIsRefused() {
        offer(SampleFiles.edition(1));
        SortedMap<String, byte[]> moved = SampleFiles.edition(2);
        String contract = new String(moved.get("global/attributes.yaml"), StandardCharsets.UTF_8);
        // The attributes change places: both are whole numbers, and would be read without complaint.
        String swapped = contract.replace("name: orders_90d", "name: ?")
                .replace("name: orders_365d", "name: orders_90d")
                .replace("name: ?", "name: orders_365d");
        assertNotEquals(contract, swapped);
        moved.put("global/attributes.yaml", swapped.getBytes(StandardCharsets.UTF_8));
        Outcome.Rejected rejected = assertInstanceOf(Outcome.Rejected.class, offer(moved));
        assertTrue(
                rejected.problems().stream().allMatch(problem -> problem.code().equals("moved-attribute")));
        assertEquals(1, edge.revision());
    }
}
