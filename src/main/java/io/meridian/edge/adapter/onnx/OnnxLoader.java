package io.meridian.edge.adapter.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.model.Sha256;
import io.meridian.edge.core.scoring.LoadedModel;
import io.meridian.edge.core.scoring.ModelCard;
import io.meridian.edge.core.scoring.Scorer;
import io.meridian.edge.core.scoring.ScoringException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** From a graph's bytes to a warm scorer, refusing whatever differs from the card. */
final class OnnxLoader {
    /** Small, usual and largest batch: each gets its buffers and its code paths before a visitor waits for them. */
    private static final int[] WARM_BATCHES = {1, 8, 32, Scorer.MAX_ROWS};

    private static final int WARM_RUNS = 20;

    private final ModelCard card;
    private final String file;
    private final Consumer<Problem> problems;

    private OnnxLoader(ModelCard card, String file, Consumer<Problem> problems) {
        this.card = card;
        this.file = file;
        this.problems = problems;
    }

    /** The model, or nothing after reporting why. */
    static Optional<LoadedModel> load(ModelCard card, String file, byte[] graph, Consumer<Problem> problems) {
        OnnxLoader loader = new OnnxLoader(card, file, problems);
        // Bytes that are not those of the card, or that point outside, never reach native code.
        return loader.digestMatches(graph) && loader.graphMatches(graph) ? loader.open(graph) : Optional.empty();
    }

    private boolean digestMatches(byte[] graph) {
        String digest = Sha256.hex(graph);
        if (digest.equals(card.sha256())) {
            return true;
        }
        problem("has the SHA-256 " + digest + ", its card says " + card.sha256());
        return false;
    }

    private boolean graphMatches(byte[] graph) {
        try {
            Map<String, Integer> opset = GraphFile.read(graph).opset();
            if (opset.equals(card.opset())) {
                return true;
            }
            problem("uses the operator sets " + opset + ", its card says " + new TreeMap<>(card.opset()));
        } catch (GraphFile.Refused refused) {
            problem(refused.problem());
        }
        return false;
    }

    private Optional<LoadedModel> open(byte[] graph) {
        try {
            OrtEnvironment environment = NativeCode.environment();
            OrtSession session;
            try (OrtSession.SessionOptions options = options()) {
                session = environment.createSession(graph, options);
            }
            OnnxScorer scorer = new OnnxScorer(environment, session, card);
            boolean fits = false;
            try {
                fits = signatureMatches(session) && warm(scorer);
            } finally {
                if (!fits) {
                    scorer.close();
                }
            }
            if (fits) {
                return Optional.of(new LoadedModel(card, scorer));
            }
        } catch (OrtException refused) {
            problem("ONNX Runtime refuses it: " + refused.getMessage());
        } catch (LinkageError noNativeCode) {
            problem("ONNX Runtime's native library could not be loaded: " + noNativeCode);
        }
        return Optional.empty();
    }

    /**
     * One run uses the thread that asked for it and no other: requests are the unit of parallelism, and threads that spin while
     * they wait for work would take the cores from them.
     */
    private static OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.addConfigEntry("session.inter_op.allow_spinning", "0");
        // The runtime would else guess the format from the bytes, and its own format was not checked.
        options.addConfigEntry("session.load_model_format", "ONNX");
        // Batch sizes differ from run to run; a plan per shape would be kept for each.
        options.setMemoryPatternOptimization(false);
        return options;
    }

    private boolean signatureMatches(OrtSession session) throws OrtException {
        Map<String, NodeInfo> inputs = session.getInputInfo();
        if (inputs.size() != 1) {
            problem("has the inputs " + inputs.keySet() + "; a model has exactly one");
            return false;
        }
        return tensorMatches("input", card.input().name(), card.input().width(), inputs)
                & tensorMatches("output", card.output().name(), card.output().columns(), session.getOutputInfo());
    }

    private boolean tensorMatches(String what, String name, int columns, Map<String, NodeInfo> infos) {
        NodeInfo info = infos.get(name);
        if (info == null) {
            problem("has no " + what + " '" + name + "', only " + infos.keySet());
            return false;
        }
        long[] wanted = {-1, columns};
        if (info.getInfo() instanceof TensorInfo tensor
                && tensor.type == OnnxJavaType.FLOAT
                && Arrays.equals(tensor.getShape(), wanted)) {
            return true;
        }
        problem("its " + what + " '" + name + "' is not float32 of shape [batch, " + columns + "] but "
                + info.getInfo());
        return false;
    }

    private boolean warm(OnnxScorer scorer) {
        float[] scores = new float[Scorer.MAX_ROWS];
        try {
            for (int batch : WARM_BATCHES) {
                FloatBuffer rows = scorer.rows(batch);
                while (rows.hasRemaining()) {
                    rows.put(0);
                }
                int runs = batch == Scorer.MAX_ROWS ? 1 : WARM_RUNS;
                for (int i = 0; i < runs; i++) {
                    scorer.run(batch, scores);
                }
            }
            return true;
        } catch (ScoringException failed) {
            problem("does not run: " + failed.getMessage());
            return false;
        }
    }

    private void problem(String message) {
        problems.accept(OnnxModels.problem(file, message));
    }
}
