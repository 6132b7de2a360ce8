package io.meridian.edge.nativeimage;

import io.meridian.edge.adapter.cel.CelCompiler;
import io.meridian.edge.adapter.onnx.OnnxModels;
import io.meridian.edge.adapter.redis.EmbeddedRedis;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.cli.Commands;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.ValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Does once whatever may look something up by name, apart from what the framework and picocli do. */
final class Everything {
    /** Of every form, right and wrong: what is wrong is printed by the library, which looks further. */
    private static final List<String> CONDITIONS = List.of(
            "has(profile.tier) && profile.tier in [\"gold\", \"silver\"]",
            "profile.visits + 1 > 3 && !(profile.spend / 2.0 >= double(profile.visits))",
            "\"shoes\" in profile.likes || size(profile.likes) == 0 || profile.tier.startsWith(\"g\")",
            "profile.active ? profile.tier == \"gold\" : profile.tier.contains(\"x\") || profile.tier.endsWith(\"y\")",
            "profile.tier == 5",
            "profile.likes == profile.tier",
            "profile.visits + profile.spend > 1.0",
            "profile.nothing > 1",
            "profile.tier &&",
            "size(profile.visits) > 1",
            "unheard(profile.tier)");

    private Everything() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("everything");
        FactLayout layout = new FactLayout(List.of(
                slot("profile.tier", ValueType.STRING),
                slot("profile.visits", ValueType.INT),
                slot("profile.spend", ValueType.DOUBLE),
                slot("profile.active", ValueType.BOOL),
                slot("profile.likes", ValueType.STRINGS)));
        CelCompiler compiler = new CelCompiler(layout, slot -> List.of());
        CONDITIONS.forEach(compiler::compile);
        OnnxModels.prepare();
        if (!(BundleLoader.load(Path.of("edge-config"), Path.of("models"), "eu-central")
                instanceof BundleLoader.Result.Loaded loaded)) {
            throw new IllegalStateException("the sample configuration is refused");
        }
        loaded.models().close();
        if (Commands.run("--version") != Commands.OK) {
            throw new IllegalStateException("there is no version");
        }
        String page = folder.resolve("diff.html").toString();
        if (Commands.run("diff", "edge-config", "edge-config", "--generate", "10", "--format", "html", "-o", page)
                != Commands.OK) {
            throw new IllegalStateException("there is no page of differences");
        }
        EmbeddedRedis.start().close();
    }

    private static FactLayout.Slot slot(String name, ValueType type) {
        return new FactLayout.Slot(name, type, DataClass.BEHAVIOUR);
    }
}
