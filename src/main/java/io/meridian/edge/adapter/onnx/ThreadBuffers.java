package io.meridian.edge.adapter.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.meridian.edge.core.scoring.ModelCard;
import io.meridian.edge.core.scoring.Scorer;
import io.meridian.edge.core.scoring.ScoringException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thread's input and output of one model, with the tensors over them. */
final class ThreadBuffers {
    /** Batches up to this size keep their tensors; larger ones, which are rare, create them per run. */
    private static final int CACHED_BATCHES = 128;

    /** A batch size's view of both buffers. */
    private record Batch(
            OnnxTensor input, OnnxTensor output, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
        void close() {
            input.close();
            output.close();
        }
    }

    private final OrtEnvironment environment;
    private final ModelCard card;
    private final Thread owner = Thread.currentThread();
    private final @Nullable Batch[] batches = new Batch[CACHED_BATCHES + 1];
    private final FloatBuffer input;
    private final FloatBuffer output;
    private final FloatBuffer outputReader;
    private boolean closed;

    ThreadBuffers(OrtEnvironment environment, ModelCard card) {
        this.environment = environment;
        this.card = card;
        this.input = direct(Scorer.MAX_ROWS * card.input().width());
        this.output = direct(Scorer.MAX_ROWS * card.output().columns());
        this.outputReader = output.duplicate();
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    synchronized FloatBuffer rows(int count) throws ScoringException {
        checkOpen();
        return input.position(0).limit(count * card.input().width());
    }

    synchronized void run(OrtSession session, int count, float[] scores) throws OrtException, ScoringException {
        checkOpen();
        Batch batch = count <= CACHED_BATCHES ? batches[count] : null;
        if (batch == null) {
            batch = createBatch(count);
            if (count <= CACHED_BATCHES) {
                batches[count] = batch;
            }
        }
        try (OrtSession.Result pinned = session.run(batch.inputs, batch.outputs)) {
            copyScores(count, scores);
        } finally {
            if (count > CACHED_BATCHES) {
                batch.close();
            }
        }
    }

    private void copyScores(int count, float[] scores) throws ScoringException {
        int columns = card.output().columns();
        int column = card.output().column();
        for (int row = 0; row < count; row++) {
            float score = outputReader.get(row * columns + column);
            // Written so that NaN fails as well.
            if (!(score >= 0 && score <= 1)) {
                throw new ScoringException("model " + card.id() + " gave the score " + score + ", not one of 0..1");
            }
            scores[row] = score;
        }
    }

    private Batch createBatch(int count) throws OrtException {
        OnnxTensor in = tensor(input, count, card.input().width());
        try {
            OnnxTensor out = tensor(output, count, card.output().columns());
            return new Batch(
                    in,
                    out,
                    Map.of(card.input().name(), in),
                    Map.of(card.output().name(), out));
        } catch (OrtException | RuntimeException failed) {
            in.close();
            throw failed;
        }
    }

    /** Over the first rows of the buffer itself: a direct buffer in native order is not copied. */
    private OnnxTensor tensor(FloatBuffer buffer, int rows, int columns) throws OrtException {
        FloatBuffer view = buffer.duplicate().position(0).limit(rows * columns);
        return OnnxTensor.createTensor(environment, view, new long[] {rows, columns});
    }

    private void checkOpen() throws ScoringException {
        if (closed) {
            throw new ScoringException("model " + card.id() + " is closed");
        }
    }

    boolean closeIfThreadEnded() {
        if (owner.isAlive()) {
            return false;
        }
        close();
        return true;
    }

    synchronized void close() {
        closed = true;
        for (int i = 0; i < batches.length; i++) {
            Batch batch = batches[i];
            if (batch != null) {
                batch.close();
                batches[i] = null;
            }
        }
    }
}
