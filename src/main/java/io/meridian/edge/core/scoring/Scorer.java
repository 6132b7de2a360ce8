package io.meridian.edge.core.scoring;

import java.nio.FloatBuffer;

/**
 * Runs one model.
 *
 * <p>Use, on one thread and without giving it away in between: take {@link #rows}, fill it row by row, {@link #run}. Any number
 * of threads may do so at the same time; each has its own buffer.
 */
public interface Scorer extends AutoCloseable {
    /** The most rows one run takes, whatever the model. */
    int MAX_ROWS = 1024;

    /** Features per row. */
    int width();

    /**
     * The calling thread's input buffer, the same one each time: position 0, limit {@code count * width()}, and whatever an
     * earlier run left in it. Row after row, each in the card's feature order. Valid until this thread's next call.
     *
     * @param count 1 to {@link #MAX_ROWS}
     * @throws IllegalArgumentException for another count
     * @throws ScoringException if the model is closed
     */
    FloatBuffer rows(int count) throws ScoringException;

    /**
     * One native run over the first {@code count} rows of this thread's buffer.
     *
     * @param count 1 to {@link #MAX_ROWS}
     * @param scores takes the scores, each 0..1, at index 0 to count - 1; at least that long
     * @throws IllegalArgumentException for another count or too short an array
     * @throws ScoringException if the run fails, a score is not a number of 0..1, or the model is closed; {@code scores} is then
     *     undefined
     */
    void run(int count, float[] scores) throws ScoringException;

    /** Frees the model once the runs under way have ended; later calls throw {@link ScoringException}. Idempotent. */
    @Override
    void close();
}
