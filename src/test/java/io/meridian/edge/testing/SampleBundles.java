package io.meridian.edge.testing;

import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.bundle.Bundle;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sample configuration with its trained models, compiled once per region and test run. */
public final class SampleBundles {
    private static final Map<String, Bundle> BUNDLES = new ConcurrentHashMap<>();

    private SampleBundles() {}

    public static Bundle of(String region) {
        return BUNDLES.computeIfAbsent(region, SampleBundles::load);
    }

    private static Bundle load(String region) {
        BundleLoader.Result result = BundleLoader.load(Path.of("edge-config"), Path.of("models"), region);
        if (result instanceof BundleLoader.Result.Refused refused) {
            throw new AssertionError(refused.problems().toString());
        }
        return ((BundleLoader.Result.Loaded) result).bundle();
    }
}
