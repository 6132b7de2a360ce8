package io.meridian.edge.benchmark;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.meridian.edge.adapter.config.ModelCardFiles;
import io.meridian.edge.adapter.onnx.OnnxModels;
import io.meridian.edge.core.scoring.Scorer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/**
 * A model that takes its time: the features of {@code purchase-propensity}, and a network deep enough that ranking 32 candidates takes about
 * as long as asked. ONNX Runtime really computes it: a thread that only slept would leave the processor to others.
 */
final class SlowModel {
    private static final String NAME = "purchase-propensity";
    private static final int FEATURES = 36;
    private static final int WIDTH = 512;
    private static final int ROWS = 32;
    private static final int TRIAL_LAYERS = 8;
    private static final int TRIAL_RUNS = 40;

    /** One run has a cost of its own beside that of its layers: a first estimate is too low. */
    private static final int TRIALS = 3;

    private SlowModel() {}

    /** Writes it as {@code purchase-propensity/1} into an empty folder, calibrated on this machine. */
    static void write(Path folder, Duration each) throws Exception {
        int layers = TRIAL_LAYERS;
        double seconds = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            layers = seconds == 0 ? layers : (int) Math.max(1, Math.round(layers * each.toNanos() / 1e9 / seconds));
            write(folder, layers);
            seconds = secondsPerRun(folder);
        }
        System.out.printf("the slow model: %d layers, %.1f ms for 32 rows%n", layers, seconds * 1e3);
    }

    private static void write(Path folder, int layers) throws Exception {
        Path version = Files.createDirectories(folder.resolve(NAME).resolve("1"));
        byte[] graph = model(layers);
        Files.write(version.resolve("model.onnx"), graph);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(graph));
        String card = Files.readString(Path.of("models", NAME, "1", "model.yaml"))
                .replaceFirst("(?m)^sha256: .*$", "sha256: \"" + digest + "\"")
                .replaceFirst("(?m)^opset: .*$", "opset: { \"ai.onnx\": 15 }");
        Files.writeString(version.resolve("model.yaml"), card);
    }

    /** The fastest of some runs: what else the machine does only adds. */
    private static double secondsPerRun(Path folder) throws Exception {
        ModelCardFiles.Outcome cards = ModelCardFiles.read(folder, Map.of(NAME, "1"));
        if (!(cards instanceof ModelCardFiles.Outcome.Read read)
                || !(OnnxModels.load(folder, read.cards()) instanceof OnnxModels.Outcome.Loaded loaded)) {
            throw new IllegalStateException("the slow model is refused: " + cards);
        }
        try (var catalog = loaded.catalog()) {
            Scorer scorer = catalog.models().get(0).scorer();
            float[] scores = new float[ROWS];
            long fastest = Long.MAX_VALUE;
            for (int run = 0; run < TRIAL_RUNS; run++) {
                FloatBuffer rows = scorer.rows(ROWS);
                while (rows.hasRemaining()) {
                    rows.put(run % 8);
                }
                long begin = System.nanoTime();
                scorer.run(ROWS, scores);
                fastest = Math.min(fastest, System.nanoTime() - begin);
            }
            return fastest / 1e9;
        }
    }

    /** ModelProto of onnx.proto: IR version 8, the default operator set 15. */
    private static byte[] model(int layers) throws IOException {
        return message(model -> {
            model.writeInt64(1, 8);
            model.writeByteArray(7, graph(layers));
            model.writeByteArray(8, message(opset -> opset.writeInt64(2, 15)));
        });
    }

    /** One matrix serves all the layers in between: the work is that of as many. */
    private static byte[] graph(int layers) throws IOException {
        return message(graph -> {
            step(graph, "features", "in", "s0");
            for (int layer = 0; layer < layers; layer++) {
                step(graph, "s" + layer, "between", "s" + (layer + 1));
            }
            step(graph, "s" + layers, "out", "probability");
            graph.writeString(2, "slow");
            graph.writeByteArray(5, tensor("in", FEATURES, WIDTH));
            graph.writeByteArray(5, tensor("between", WIDTH, WIDTH));
            graph.writeByteArray(5, tensor("out", WIDTH, 1));
            graph.writeByteArray(11, value("features", FEATURES));
            graph.writeByteArray(12, value("probability", 1));
        });
    }

    /** output = sigmoid(input × weights). */
    private static void step(CodedOutputStream graph, String input, String weights, String output) throws IOException {
        String product = output + "-product";
        graph.writeByteArray(1, node("MatMul", product, input, weights));
        graph.writeByteArray(1, node("Sigmoid", output, product));
    }

    private static byte[] node(String operator, String output, String... inputs) throws IOException {
        return message(node -> {
            for (String input : inputs) {
                node.writeString(1, input);
            }
            node.writeString(2, output);
            node.writeString(4, operator);
        });
    }

    private static byte[] tensor(String name, int rows, int columns) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(rows * columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; data.hasRemaining(); i++) {
            data.putFloat((i % 7 - 3) / (float) rows);
        }
        return message(tensor -> {
            tensor.writeInt64(1, rows);
            tensor.writeInt64(1, columns);
            tensor.writeInt32(2, 1);
            tensor.writeString(8, name);
            tensor.writeBytes(9, ByteString.copyFrom(data.array()));
        });
    }

    /** ValueInfoProto: float32 of shape [batch, columns]. */
    private static byte[] value(String name, int columns) throws IOException {
        byte[] shape = message(all -> {
            all.writeByteArray(1, message(batch -> batch.writeString(2, "batch")));
            all.writeByteArray(1, message(width -> width.writeInt64(1, columns)));
        });
        byte[] type = message(tensor -> {
            tensor.writeInt32(1, 1);
            tensor.writeByteArray(2, shape);
        });
        return message(info -> {
            info.writeString(1, name);
            info.writeByteArray(2, message(any -> any.writeByteArray(1, type)));
        });
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        fields.write(out);
        out.flush();
        return bytes.toByteArray();
    }
}
