package io.meridian.edge.cli.lab;

import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.bundle.definition.RegionDefinition;
import io.meridian.edge.core.model.DecisionRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The regions of a configuration, each compiled with its models when it is first asked for. */
public final class Regions implements AutoCloseable {
    private final Configuration configuration;
    private final Path models;
    private final Map<String, OfflineRegion> compiled = new LinkedHashMap<>();

    /** @param models the folder of models */
    public Regions(Configuration configuration, Path models) {
        this.configuration = configuration;
        this.models = models;
    }

    /** The folder of models that goes with a configuration if none is named: beside it, else in the working directory. */
    public static Path modelsBeside(Path configuration) {
        Path beside = configuration.toAbsolutePath().normalize().resolveSibling("models");
        return Files.isDirectory(beside) ? beside : Path.of("models");
    }

    public Configuration configuration() {
        return configuration;
    }

    /** A region by id. Throws {@link LabRefused} if the configuration has problems or no such region. */
    public OfflineRegion get(String id) throws LabRefused {
        OfflineRegion known = compiled.get(id);
        if (known != null) {
            return known;
        }
        BundleLoader.Result result = BundleLoader.load(configuration.source(), models, id);
        if (result instanceof BundleLoader.Result.Refused refused) {
            throw new LabRefused(configuration.name(), refused.problems());
        }
        BundleLoader.Result.Loaded loaded = (BundleLoader.Result.Loaded) result;
        OfflineRegion region = new OfflineRegion(loaded.bundle(), loaded.models());
        compiled.put(id, region);
        return region;
    }

    /** The region that serves a request's market, else its country; null if neither says. */
    public @Nullable String of(DecisionRequest.Context context) {
        String market = context.market();
        if (market != null) {
            return first(region ->
                    region.markets().stream().anyMatch(one -> one.value().equals(market)));
        }
        String country = context.country();
        return country == null
                ? null
                : first(region ->
                        region.countries().stream().anyMatch(one -> one.value().equals(country)));
    }

    private @Nullable String first(Predicate<RegionDefinition> which) {
        List<RegionDefinition> regions = configuration.source().regions();
        return regions.stream()
                .filter(which)
                .findFirst()
                .map(region -> region.id().value())
                .orElse(null);
    }

    @Override
    public void close() {
        compiled.values().forEach(OfflineRegion::close);
        compiled.clear();
    }
}
