package io.meridian.edge.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {
    @Test
    void findsSeriesAndLabels() {
        PromQl parsed =
                PromQl.parse("sum by (region) (rate(a_total{code=~\"x|y\"}[5m])) / on (region) b offset 10m > 0.01");
        assertEquals(
                List.of("a_total", "b"),
                parsed.selectors.stream().map(PromQl.Selector::metric).toList());
        assertEquals("x|y", parsed.selectors.get(0).matchers().get("code")[1]);
        assertEquals(Set.of("region"), parsed.labels);
    }

    @Test
    void whatIsNotPromQlIsRefused() {
        for (String wrong : List.of(
                "sum by (region) (rate(a[5m])",
                "rat(a[5m])",
                "rate(a[5 minutes])",
                "a{code=x}",
                "a{code=\"x\"} >",
                "a b",
                "sum(a))",
                "histogram_quantile(sum(a))",
                "a ? b",
                "")) {
            assertThrows(IllegalArgumentException.class, () -> PromQl.parse(wrong), wrong);
        }
    }
}
