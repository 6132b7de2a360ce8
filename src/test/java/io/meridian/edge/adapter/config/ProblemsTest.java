package io.meridian.edge.adapter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    @Test
    void whatIsLeftOutIsCountedAndSaidLast() {
        Problems problems = new Problems();
        for (int i = 0; i < Problems.MAX + 17; i++) {
            problems.add(new Where("global/offers.yaml", i + 1, 1), "bad-format", "cannot be read", "");
        }
        List<Problem> all = problems.all();
        assertEquals(Problems.MAX + 1, all.size());
        assertEquals("and 17 more", all.get(Problems.MAX).message());
        assertEquals(all, all.stream().sorted().toList());
        assertEquals(Problems.MAX + 17, problems.count());
    }

    @Test
    void nothingIsSaidWhileNothingIsLeftOut() {
        Problems problems = new Problems();
        for (int i = 0; i < Problems.MAX; i++) {
            problems.add(Where.file("bundle.yaml"), "bad-format", "cannot be read", "");
        }
        assertEquals(Problems.MAX, problems.all().size());
    }
}
