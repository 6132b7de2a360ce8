package io.meridian.edge.app.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.definition.BundleSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sample configuration with its trained models, exchanged while decisions are made. */
class ActivationsTest {
    private static final Origin ORIGIN = new Origin(Origin.Via.FOLDER, "watch", "test");

    private final ActiveBundle active = new ActiveBundle();
    private final Activations activations = new Activations(active, ActivationsTest::load, Clock.systemUTC());

    private static BundleLoader.Result load(BundleSource source) {
        return BundleLoader.load(source, Path.of("models"), "eu-central");
    }

    @AfterEach
    void close() {
        activations.close();
    }

    private Outcome offer(SortedMap<String, byte[]> files) {
        return activations.offer(Candidate.of(files), ORIGIN).join();
    }

    @Test
    void everyDecisionIsWhollyOfOneBundleWhileBundlesAreExchanged() throws Exception {
        int editions = 12;
        assertInstanceOf(Outcome.Activated.class, offer(SampleFiles.edition(1)));
        Load load = new Load(active, 4);
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
    }

    @Test
    void whatIsRefusedChangesNothing() throws Exception {
        offer(SampleFiles.edition(1));
        ActiveBundle.Activation before = active.current();
        SortedMap<String, byte[]> broken = SampleFiles.edition(2);
        broken.put("global/segments.yaml", "segments: [\n".getBytes(StandardCharsets.UTF_8));
        Outcome.Rejected rejected = assertInstanceOf(Outcome.Rejected.class, offer(broken));
        assertEquals("does-not-compile", rejected.code());
        assertTrue(
                rejected.problems().stream().anyMatch(problem -> problem.file().equals("global/segments.yaml")));
        assertSame(before, active.current());
    }

    @Test
    void whatIsActiveAlreadyIsNotLoadedAgain() throws Exception {
        offer(SampleFiles.edition(1));
        ActiveBundle.Activation before = active.current();
        assertInstanceOf(Outcome.Unchanged.class, offer(SampleFiles.edition(1)));
        assertSame(before, active.current());
    }
}
