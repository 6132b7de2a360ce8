package io.meridian.edge.core;

import io.meridian.edge.core.bundle.CandidateModel;
import io.meridian.edge.core.model.Degradation;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.scoring.Scorer;
import io.meridian.edge.core.scoring.ScoringException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The one run of a candidate model in a request: rows are gathered over all placements, equal rows once, then scored
 * together.
 */
final class ModelBatch {
    private final CandidateModel model;
    private final int width;
    private final boolean[] lensOpen = new boolean[Workspace.LENSES];
    private final boolean[] lensAsked = new boolean[Workspace.LENSES];
    private final float[][] subjectRows;
    private float[] rows;
    private float[] scores = new float[16];
    /** By lens and the candidates' row: its place in the batch, from 1; 0 if it is not there. */
    private int[][] positions = new int[Workspace.LENSES][16];
    /** By place in the batch, the candidates' row. */
    private int[] rowAt = new int[16];

    private int count;
    private boolean scored;
    private boolean overflowed;

    ModelBatch(CandidateModel model) {
        this.model = model;
        this.width = model.features().width();
        this.rows = new float[16 * width];
        this.subjectRows = new float[Workspace.LENSES][width];
    }

    CandidateModel model() {
        return model;
    }

    void clear() {
        for (int lens = 0; lens < Workspace.LENSES; lens++) {
            if (lensAsked[lens]) {
                for (int i = 0; i < count; i++) {
                    if (rowAt[i] < positions[lens].length) {
                        positions[lens][rowAt[i]] = 0;
                    }
                }
                Arrays.fill(subjectRows[lens], 0);
            }
            lensAsked[lens] = false;
            lensOpen[lens] = false;
        }
        Arrays.fill(rows, 0, count * width, 0);
        count = 0;
        scored = false;
        overflowed = false;
    }

    /**
     * Adds the row of an offer, unless an equal one is there.
     *
     * @return its place in the batch, or -1 if the model may not look at this visitor or the batch is full
     */
    int add(int lens, Facts facts, int row, String category) {
        if (!lensAsked[lens]) {
            lensAsked[lens] = true;
            lensOpen[lens] = model.features().computable(facts);
            if (lensOpen[lens]) {
                model.features().encodeSubject(facts, subjectRows[lens]);
            }
        }
        if (!lensOpen[lens]) {
            return -1;
        }
        int[] known = positions[lens];
        if (row >= known.length) {
            known = Arrays.copyOf(known, Math.max(row + 1, known.length * 2));
            positions[lens] = known;
        }
        if (known[row] == 0) {
            if (count == Scorer.MAX_ROWS) {
                overflowed = true;
                return -1;
            }
            append(lens, facts, row, category);
            known[row] = count;
        }
        return known[row] - 1;
    }

    private void append(int lens, Facts facts, int row, String category) {
        if ((count + 1) * width > rows.length) {
            rows = Arrays.copyOf(rows, rows.length * 2);
        }
        if (count == rowAt.length) {
            rowAt = Arrays.copyOf(rowAt, count * 2);
        }
        rowAt[count] = row;
        model.features().encodeOffer(facts, category, subjectRows[lens]);
        System.arraycopy(subjectRows[lens], 0, rows, count * width, width);
        count++;
    }

    /**
     * Scores what was gathered in one run, if the time allows.
     *
     * @param failures told if the model fails
     * @return what the answer lacks, a mask of {@link Degradation#bit()}: the model failed, was asked for more than it takes, or skipped
     */
    int run(Budget budget, LongSupplier nanoClock, Consumer<Exception> failures) {
        if (count == 0) {
            return 0;
        }
        long began = nanoClock.getAsLong();
        if (!model.pace().permits(count, budget.scoringNanos(began), began)) {
            return Degradation.MODEL_SKIPPED.bit();
        }
        if (scores.length < count) {
            scores = new float[Math.max(count, scores.length * 2)];
        }
        try {
            FloatBuffer input = model.scorer().rows(count);
            input.put(rows, 0, count * width);
            model.scorer().run(count, scores);
            scored = true;
            return overflowed ? Degradation.MODEL_FAILED.bit() : 0;
        } catch (ScoringException e) {
            failures.accept(e);
            return Degradation.MODEL_FAILED.bit();
        } finally {
            model.pace().ran(count, began, nanoClock.getAsLong());
        }
    }

    /** True if there is a score for that place. */
    boolean has(int position) {
        return scored && position >= 0;
    }

    float score(int position) {
        return scores[position];
    }
}
