package io.meridian.edge.adapter.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.meridian.edge.core.scoring.ModelCard;
import io.meridian.edge.core.scoring.Scorer;
import io.meridian.edge.core.scoring.ScoringException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs one session on any number of threads.
 *
 * <p>Each thread has its own buffers and, over them, tensors for the batch sizes it has met: a run creates neither. A thread's
 * native objects live until the scorer is closed or, after the thread's end, until the next new thread comes by.
 *
 * <p>Freeing a session during a run would end the process. So a run holds its thread's lock (never contended but by
 * {@link #close}), and closing takes each of these locks before the session goes.
 */
final class OnnxScorer implements Scorer {
    /** Far above any sane number of event loops; reached only by a leak of threads. */
    static final int MAX_THREADS = 512;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelCard card;
    private final ThreadLocal<ThreadBuffers> buffers = new ThreadLocal<>();
    /** Guarded by itself, as is {@link #closed}. */
    private final List<ThreadBuffers> allBuffers = new ArrayList<>();

    private boolean closed;

    /** Takes the session over. */
    OnnxScorer(OrtEnvironment environment, OrtSession session, ModelCard card) {
        this.environment = environment;
        this.session = session;
        this.card = card;
    }

    @Override
    public int width() {
        return card.input().width();
    }

    @Override
    public FloatBuffer rows(int count) throws ScoringException {
        checkCount(count);
        return buffersOfThisThread().rows(count);
    }

    @Override
    public void run(int count, float[] scores) throws ScoringException {
        checkCount(count);
        if (scores.length < count) {
            throw new IllegalArgumentException("room for " + scores.length + " scores, " + count + " rows");
        }
        try {
            buffersOfThisThread().run(session, count, scores);
        } catch (OrtException failed) {
            throw new ScoringException("model " + card.id() + " failed: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        synchronized (allBuffers) {
            if (closed) {
                return;
            }
            closed = true;
            allBuffers.forEach(ThreadBuffers::close);
            allBuffers.clear();
        }
        try {
            session.close();
        } catch (OrtException failed) {
            // Nobody can act on it; what it held stays held until the process ends.
            throw new IllegalStateException("model " + card.id() + " could not be freed", failed);
        }
    }

    /** How many threads hold native objects. */
    int threads() {
        synchronized (allBuffers) {
            return allBuffers.size();
        }
    }

    private static void checkCount(int count) {
        if (count < 1 || count > MAX_ROWS) {
            throw new IllegalArgumentException("1 to " + MAX_ROWS + " rows, not " + count);
        }
    }

    private ThreadBuffers buffersOfThisThread() throws ScoringException {
        ThreadBuffers mine = buffers.get();
        return mine == null ? register() : mine;
    }

    private ThreadBuffers register() throws ScoringException {
        ThreadBuffers mine = new ThreadBuffers(environment, card);
        synchronized (allBuffers) {
            if (closed) {
                throw new ScoringException("model " + card.id() + " is closed");
            }
            allBuffers.removeIf(ThreadBuffers::closeIfThreadEnded);
            if (allBuffers.size() >= MAX_THREADS) {
                throw new ScoringException("model " + card.id() + " is in use by " + MAX_THREADS + " threads already");
            }
            allBuffers.add(mine);
        }
        buffers.set(mine);
        return mine;
    }
}
