package io.meridian.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OnnxExportTest {
    @Test
    void comparingFloatsWithTheFlooredThresholdIsComparingDoubles() {
        long seed = 5;
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            double threshold = random.nextGaussian() * StrictMath.pow(10, random.nextInt(12) - 6);
            float near = (float) threshold;
            for (float feature : new float[] {Math.nextDown(near), near, Math.nextUp(near)}) {
                assertEquals(
                        (double) feature <= threshold,
                        feature <= OnnxExport.floor(threshold),
                        feature + " and " + threshold + ", seed " + seed);
            }
        }
    }

    @Test
    void valuesOnBothSidesOfAThresholdGoTheRightWay() {
        // Not a float: the nearest float lies above it, and a feature of exactly that float must go right.
        double threshold = 0.1;
        float above = (float) threshold;
        assertTrue(above > threshold);
        Forest forest = new Forest(List.of(new Forest.Tree(
                new int[] {0}, new double[] {threshold}, new int[] {-1}, new int[] {-2}, new double[] {-1, 1})));
        float[] scores =
                OnnxRun.predict(OnnxExport.export(forest, "test", 1), new float[] {Math.nextDown(above), above}, 2);
        assertEquals(Customer.share(-1), scores[0], 1e-6);
        assertEquals(Customer.share(1), scores[1], 1e-6);
    }

    @Test
    void aTreeWithoutSplitsIsItsLeaf() {
        Forest forest = new Forest(List.of(
                new Forest.Tree(new int[0], new double[0], new int[0], new int[0], new double[] {-2}),
                new Forest.Tree(
                        new int[] {1}, new double[] {0}, new int[] {-1}, new int[] {-2}, new double[] {0.5, 1.5})));
        float[] scores = OnnxRun.predict(OnnxExport.export(forest, "test", 2), new float[] {0, 0, 0, 1}, 2);
        assertEquals(Customer.share(-1.5), scores[0], 1e-6);
        assertEquals(Customer.share(-0.5), scores[1], 1e-6);
    }

    @Test
    void refusesModelsItCannotExport() {
        String text = """
                num_tree_per_iteration=1
                objective=binary sigmoid:1

                Tree=0
                num_leaves=2
                num_cat=0
                split_feature=0
                threshold=0.5
                decision_type=2
                left_child=-1
                right_child=-2
                leaf_value=-0.1 0.1
                is_linear=0

                end of trees
                """;
        assertEquals(1, Forest.parse(text).trees().size());
        for (String[] change : new String[][] {
            {"num_cat=0", "num_cat=1"},
            {"decision_type=2", "decision_type=10"},
            {"is_linear=0", "is_linear=1"},
            {"objective=binary sigmoid:1", "objective=regression"},
            {"end of trees", ""}
        }) {
            String changed = text.replace(change[0], change[1]);
            assertThrows(IllegalArgumentException.class, () -> Forest.parse(changed), change[1]);
        }
    }
}
