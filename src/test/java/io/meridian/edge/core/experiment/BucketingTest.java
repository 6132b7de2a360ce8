package io.meridian.edge.core.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BucketingTest {
    @Test
    void sameKeySameBucketOnEveryMachine() {
        // Golden values: a change here would move every visitor to another variant.
        assertEquals(97, Bucketing.bucket("spring-sale", "c-1001", 100));
        assertEquals(41, Bucketing.bucket("spring-sale", "c-1002", 100));
        assertEquals(94, Bucketing.bucket("welcome", "c-1001", 100));
        assertEquals(0, Bucketing.bucket("welcome", "c-1001", 1));
    }

    @Test
    void bucketsAreUniformOverKeys() {
        int buckets = 20;
        int keys = 200_000;
        int[] seen = new int[buckets];
        for (int i = 0; i < keys; i++) {
            seen[Bucketing.bucket("salt", "c-" + i, buckets)]++;
        }
        double expected = (double) keys / buckets;
        double chiSquare = 0;
        for (int count : seen) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        // 19 degrees of freedom: 43.8 is exceeded once in a thousand draws; the keys are fixed, so this never flickers.
        assertTrue(chiSquare < 43.8, "chi-square " + chiSquare);
    }

    @Test
    void saltsAreIndependent() {
        int both = 0;
        int keys = 100_000;
        for (int i = 0; i < keys; i++) {
            if (Bucketing.bucket("one", "c-" + i, 2) == 0 && Bucketing.bucket("two", "c-" + i, 2) == 0) {
                both++;
            }
        }
        assertEquals(0.25, (double) both / keys, 0.01);
    }
}
