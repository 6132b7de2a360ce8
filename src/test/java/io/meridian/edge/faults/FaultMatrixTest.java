package io.meridian.edge.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every kind of fault in every phase, under load. By default a sample chosen by a fixed seed; all of it with {@code -Pthorough}; one cell
 * again with {@code -Dmeridian.faults.seed=… -Dmeridian.faults.only=kind/PHASE}. The table is in {@code target/fault-matrix.md}.
 */
class FaultMatrixTest {
    private static final long SEED = Long.getLong("meridian.faults.seed", 20_261_122);
    private static final String ONLY = System.getProperty("meridian.faults.only", "");

    @Test
    void whateverBreaksEveryCallIsAnsweredAndNothingIsForgotten() throws Exception {
        boolean thorough = Boolean.getBoolean("meridian.thorough");
        List<Cell> cells =
                thorough || !ONLY.isEmpty() ? FaultMatrix.cells(List.of(SEED), ONLY) : FaultMatrix.sample(SEED);
        try (FaultMatrix matrix = new FaultMatrix(new Site(Path.of("target/faults/site")))) {
            matrix.run(cells);
            MatrixReport.write(Path.of("target/fault-matrix.md"), matrix);
            System.out.println(MatrixReport.summary(matrix));
            List<String> problems = MatrixReport.problems(matrix);
            if (thorough) {
                // Only here: they are about time, and this machine may be busy with other things.
                problems.addAll(MatrixReport.tooSlow(matrix));
            }
            assertEquals(List.of(), problems);
        }
    }
}
