package io.meridian.edge.app;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.adapter.config.ModelCardFiles;
import io.meridian.edge.adapter.onnx.OnnxModels;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.bundle.BundleCompiler;
import io.meridian.edge.core.bundle.ConditionCompiler;
import io.meridian.edge.core.bundle.RegionModels;
import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.scoring.ModelCatalog;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From a configuration folder and a folder of models to a bundle that can decide. Blocks: never on an event loop. */
public final class BundleLoader {
    private BundleLoader() {}

    /** What came of loading. */
    public sealed interface Result {
        /**
         * It can decide.
         *
         * @param models what the bundle runs on; whoever stops using the bundle closes them
         * @param warnings what is worth a second look, by file, line and column
         */
        record Loaded(Bundle bundle, ModelCatalog models, List<Problem> warnings) implements Result {}

        /** @param problems at least one error, and the warnings, by file, line and column; nothing stays open */
        record Refused(List<Problem> problems) implements Result {}
    }

    /**
     * Reads, checks, compiles and loads.
     *
     * @param configDir for example {@code edge-config}
     * @param modelsDir for example {@code models}
     * @param region the region's id
     */
    public static Result load(Path configDir, Path modelsDir, String region) {
        return load(BundleReader.read(configDir), modelsDir, region);
    }

    /** The same for a configuration that is already read; to compile it for several regions. */
    public static Result load(BundleSource source, Path modelsDir, String region) {
        RegionModels models = models(source, modelsDir, region);
        boolean used = false;
        try {
            BundleCompiler.Outcome outcome = BundleCompiler.compile(source, region, models, CelConditions::new);
            used = outcome instanceof BundleCompiler.Outcome.Compiled;
            return result(outcome, models);
        } finally {
            if (!used) {
                models.catalog().close();
            }
        }
    }

    private static Result result(BundleCompiler.Outcome outcome, RegionModels models) {
        if (outcome instanceof BundleCompiler.Outcome.Compiled compiled) {
            return new Result.Loaded(compiled.bundle(), models.catalog(), compiled.warnings());
        }
        return new Result.Refused(((BundleCompiler.Outcome.Rejected) outcome).problems());
    }

    /**
     * Checks and compiles without loading any model: cards are read and graphs held against their checksums, none is run. For
     * command lines, which want an answer at once. A bundle compiled this way cannot decide: its scorers refuse.
     */
    public static BundleCompiler.Outcome check(BundleSource source, Path modelsDir, String region) {
        return BundleCompiler.compile(
                source, region, ModelCards.read(modelsDir, versions(source, region)), CelConditions::new);
    }

    /** The same, and checks markets as well that no region serves, as if this one did. */
    public static BundleCompiler.Outcome checkAll(BundleSource source, Path modelsDir, String region) {
        return BundleCompiler.compileAll(
                source, region, ModelCards.read(modelsDir, versions(source, region)), CelConditions::new);
    }

    /** Compiles further conditions over what a bundle knows, for those who look at rules one by one. */
    public static ConditionCompiler conditions(Bundle bundle) {
        return new CelConditions(bundle.facts(), slot -> List.of());
    }

    private static RegionModels models(BundleSource source, Path modelsDir, String region) {
        ModelCardFiles.Outcome cards = ModelCardFiles.read(modelsDir, versions(source, region));
        if (cards instanceof ModelCardFiles.Outcome.Refused refused) {
            return new RegionModels(ModelCatalog.EMPTY, refused.problems());
        }
        OnnxModels.Outcome models = OnnxModels.load(modelsDir, ((ModelCardFiles.Outcome.Read) cards).cards());
        if (models instanceof OnnxModels.Outcome.Refused refused) {
            return new RegionModels(ModelCatalog.EMPTY, refused.problems());
        }
        return new RegionModels(((OnnxModels.Outcome.Loaded) models).catalog(), List.of());
    }

    private static Map<String, String> versions(BundleSource source, String region) {
        Map<String, String> versions = new LinkedHashMap<>();
        source.regions().stream()
                .filter(one -> one.id().value().equals(region))
                .limit(1)
                .flatMap(one -> one.models().stream())
                .forEach(model -> {
                    if (model.version() != null) {
                        versions.put(model.name().value(), model.version().value());
                    }
                });
        return versions;
    }
}
