package io.meridian.edge.adapter.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.scoring.ModelCatalog;
import io.meridian.edge.core.scoring.Scorer;
import io.meridian.edge.core.scoring.ScoringException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class OnnxScorerTest {
    private static final long SEED = 99;

    private final ModelCatalog catalog = load();
    private final Scorer scorer = catalog.models().get(0).scorer();

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void aBatchGivesTheScoresOfItsRows() throws ScoringException {
        for (int count : new int[] {1, 2, 7, 32, 128, 129, Scorer.MAX_ROWS}) {
            float[] rows = randomRows(count, SEED + count);
            float[] batch = run(rows, count);
            for (int row = 0; row < count; row++) {
                float[] single = new float[scorer.width()];
                System.arraycopy(rows, row * scorer.width(), single, 0, single.length);
                // Bit for bit: the sum over the trees must not depend on who shares the batch.
                assertEquals(run(single, 1)[0], batch[row], "row " + row + " of " + count + ", seed " + SEED);
            }
        }
    }

    @Test
    void rowsIsThisThreadsBufferReadyToFill() throws ScoringException {
        FloatBuffer rows = scorer.rows(3);
        assertEquals(0, rows.position());
        assertEquals(3 * scorer.width(), rows.limit());
        assertTrue(rows.isDirect());
    }

    @Test
    void refusesCountsOutOfBounds() {
        for (int count : new int[] {-1, 0, Scorer.MAX_ROWS + 1}) {
            assertThrows(IllegalArgumentException.class, () -> scorer.rows(count));
            assertThrows(IllegalArgumentException.class, () -> scorer.run(count, new float[2_000]));
        }
        assertThrows(IllegalArgumentException.class, () -> scorer.run(2, new float[1]));
    }

    @Test
    void manyThreadsGetTheScoresOfOne() throws Exception {
        int threads = 6;
        int rounds = Boolean.getBoolean("meridian.thorough") ? 20_000 : 200;
        List<float[]> rows = new ArrayList<>();
        List<float[]> expected = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            rows.add(randomRows(1 + i * 4, SEED + i));
            expected.add(run(rows.get(i), 1 + i * 4));
        }
        List<Callable<Integer>> work = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            Random random = new Random(SEED + thread);
            work.add(() -> {
                int wrong = 0;
                for (int round = 0; round < rounds; round++) {
                    int pick = random.nextInt(rows.size());
                    wrong += Arrays.equals(run(rows.get(pick), 1 + pick * 4), expected.get(pick)) ? 0 : 1;
                }
                return wrong;
            });
        }
        assertEquals(List.of(0, 0, 0, 0, 0, 0), resultsOf(work));
    }

    @Test
    void closingDuringRunsEndsThemWithAnException() throws Exception {
        List<Callable<Integer>> work = new ArrayList<>();
        CountDownLatch running = new CountDownLatch(4);
        for (int thread = 0; thread < 4; thread++) {
            float[] rows = randomRows(64, SEED);
            work.add(() -> {
                run(rows, 64);
                running.countDown();
                while (true) {
                    try {
                        run(rows, 64);
                    } catch (ScoringException closed) {
                        return closed.getMessage().endsWith("is closed") ? 1 : 0;
                    }
                }
            });
        }
        work.add(() -> {
            running.await();
            catalog.close();
            return 1;
        });
        assertEquals(List.of(1, 1, 1, 1, 1), resultsOf(work));
        assertThrows(ScoringException.class, () -> scorer.rows(1));
        catalog.close();
    }

    @Test
    void endedThreadsGiveTheirMemoryBack() throws Exception {
        OnnxScorer counted = (OnnxScorer) scorer;
        for (int i = 0; i < 20; i++) {
            Thread thread = new Thread(() -> {
                try {
                    scorer.rows(1);
                } catch (ScoringException closed) {
                    throw new IllegalStateException(closed);
                }
            });
            thread.start();
            thread.join();
        }
        // This one, which loaded and warmed the model, and the last one, whose end nobody has noticed yet.
        assertEquals(2, counted.threads());
    }

    @Test
    void loadingRunningAndClosingLeaksNoNativeMemory() throws Exception {
        Path status = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.exists(status), "resident memory is read from Linux's /proc");
        int rounds = Boolean.getBoolean("meridian.thorough") ? 400 : 20;
        loadRunAndClose(10);
        long before = residentKilobytes(status);
        loadRunAndClose(rounds);
        long grown = residentKilobytes(status) - before;
        // Leaking both sessions would cost about a megabyte per round; the rest is the collector's freedom.
        assertTrue(grown < 12_000 + rounds * 100L, () -> "grew by " + grown + " kB in " + rounds + " rounds");
    }

    private static void loadRunAndClose(int rounds) throws ScoringException {
        float[] scores = new float[200];
        for (int round = 0; round < rounds; round++) {
            try (ModelCatalog models = load()) {
                for (int count = 1; count <= 140; count += 3) {
                    models.models().get(0).scorer().rows(count);
                    models.models().get(0).scorer().run(count, scores);
                }
            }
        }
    }

    private static long residentKilobytes(Path status) throws IOException {
        System.gc();
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("no VmRSS in " + status);
    }

    private static List<Integer> resultsOf(List<Callable<Integer>> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(work.size());
        try {
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> future : executor.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    private float[] run(float[] rows, int count) throws ScoringException {
        scorer.rows(count).put(rows);
        float[] scores = new float[count];
        scorer.run(count, scores);
        return scores;
    }

    private float[] randomRows(int count, long seed) {
        Random random = new Random(seed);
        float[] rows = new float[count * scorer.width()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextFloat() * 6;
        }
        return rows;
    }

    private static ModelCatalog load() {
        OnnxModels.Outcome outcome = ModelFolder.load(ModelFolder.TRAINED, Map.of(ModelFolder.CHURN, "1"));
        return assertInstanceOf(OnnxModels.Outcome.Loaded.class, outcome, outcome::toString)
                .catalog();
    }
}
