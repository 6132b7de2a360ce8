package io.meridian.edge.benchmark.micro;

import io.meridian.edge.adapter.demo.DemoConsentString;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.benchmark.GeneratedBundle;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.PlacementPlan;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.PlacementRequest;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.scoring.Scorer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the benchmarks share: the generated bundle, its visitor, and a TC string that consents to everything. */
final class Fixture implements AutoCloseable {
    final long now = System.currentTimeMillis();
    final BundleLoader.Result.Loaded loaded;
    final ConsentInput consent;

    Fixture() throws Exception {
        loaded = GeneratedBundle.load();
        String tcf = DemoConsentString.of(Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), Instant.ofEpochMilli(now));
        consent = new ConsentInput(true, tcf, null, new int[0], false, null);
    }

    PlacementPlan plan(int rules, int candidates) {
        return loaded.bundle()
                .markets()
                .get(GeneratedBundle.market(rules, candidates))
                .placements()
                .get(GeneratedBundle.PLACEMENT);
    }

    Scorer scorer() {
        return loaded.models().models().get(0).scorer();
    }

    ActiveBundle active() {
        ActiveBundle active = new ActiveBundle();
        active.activate(loaded.bundle(), Clock.systemUTC().instant(), "benchmark");
        return active;
    }

    DecisionRequest request(int rules, int candidates) {
        DecisionRequest.Context context = new DecisionRequest.Context(
                GeneratedBundle.market(rules, candidates), "DE", null, "en", "web", "mobile", Map.of());
        return new DecisionRequest(
                null,
                List.of(new SubjectId("customer", "bench-1")),
                null,
                List.of(new PlacementRequest(GeneratedBundle.PLACEMENT, 1)),
                context,
                consent,
                DecisionRequest.Options.DEFAULT);
    }

    Facts facts() {
        Facts facts = new Facts(loaded.bundle().facts());
        facts.show(DataClass.ALL_BITS);
        fill(facts);
        set(facts, "context.device", "mobile");
        return facts;
    }

    /** Sets the visitor's attributes, as a read does. */
    void fill(Facts facts) {
        GeneratedBundle.profile().forEach((name, value) -> set(facts, "profile." + name, value));
    }

    private static void set(Facts facts, String name, Object value) {
        int slot = facts.layout().indexOf(name);
        if (slot < 0) {
            return;
        }
        if (value instanceof Long number) {
            facts.setLong(slot, number);
        } else if (value instanceof Double number) {
            facts.setDouble(slot, number);
        } else if (value instanceof Boolean flag) {
            facts.setBool(slot, flag);
        } else if (value instanceof String text) {
            facts.setString(slot, text.intern());
        }
    }

    @Override
    public void close() {
        loaded.models().close();
    }
}
