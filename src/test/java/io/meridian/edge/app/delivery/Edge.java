package io.meridian.edge.app.delivery;

import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.adapter.state.AuditChain;
import io.meridian.edge.adapter.state.AuditEvent;
import io.meridian.edge.adapter.state.AuditFiles;
import io.meridian.edge.adapter.state.AuditLog;
import io.meridian.edge.adapter.state.StateFolder;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.release.TrustPolicy;
import io.meridian.edge.testing.TestBundles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An edge without doors: everything from an offer to a bundle that decides, over a real state folder. */
final class Edge implements AutoCloseable {
    static final String REGION = "eu-central";
    static final byte[] SEAL = new byte[32];

    final ActiveBundle active = new ActiveBundle();
    final Delivery delivery;
    private final Path state;

    /** @param trust null if nothing signed is taken */
    Edge(Path state, @Nullable TrustPolicy trust) {
        this(state, trust, REGION);
    }

    Edge(Path state, @Nullable TrustPolicy trust, String region) {
        this(state, trust, region, Clock.systemUTC(), null);
    }

    Edge(Path state, @Nullable TrustPolicy trust, String region, Clock clock, @Nullable Duration staleAfter) {
        this.state = state;
        DeliveryCounters counters = new DeliveryCounters();
        try {
            StateFolder folder = StateFolder.open(state, Archive.MAX_BYTES, SEAL);
            delivery = new Delivery(
                    new ReleaseGate(trust == null ? null : () -> trust),
                    new Exchange(
                            active, source -> BundleLoader.load(source, TestBundles.MODELS, region), folder, clock),
                    folder,
                    new Ledger(new AuditLog(state), clock, counters),
                    counters,
                    region,
                    staleAfter,
                    clock);
        } catch (StateFolder.InUse e) {
            throw new AssertionError(e);
        }
    }

    Outcome push(byte[] archive) {
        return delivery.archive(archive, origin(Origin.Via.PUSH), ReleaseGate.Permission.ALL)
                .join();
    }

    static Origin origin(Origin.Via via) {
        return new Origin(via, "test", "test");
    }

    long revision() {
        ActiveBundle.Activation activation = active.current();
        return activation == null ? 0 : activation.bundle().revision();
    }

    /** Every event of the audit, which must be whole. */
    List<AuditEvent> audit() {
        List<AuditEvent> events = new ArrayList<>();
        AuditChain chain = new AuditChain();
        try {
            AuditFiles.read(state, line -> events.add(chain.add(line).event()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (chain.fault() != null) {
            throw new AssertionError(chain.fault());
        }
        return events;
    }

    /** What happened, in order: {@code event} or {@code event:code}. */
    List<String> told() {
        return audit().stream()
                .map(event -> event.what().id() + (event.code() == null ? "" : ":" + event.code()))
                .toList();
    }

    @Override
    public void close() {
        delivery.close();
    }
}
