package io.meridian.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class DefectsTest {
    @Test
    void everyOneIsCountedAndFewAreLogged() {
        AtomicInteger lines = new AtomicInteger();
        Handler counting = new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.incrementAndGet();
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger("io.meridian.edge");
        log.addHandler(counting);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Defects defects = new Defects(registry);
        long began = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            defects.note(new IllegalStateException("of a request"));
        }
        long took = System.nanoTime() - began;
        log.removeHandler(counting);
        assertEquals(1000.0, registry.get("meridian.defects").functionCounter().count());
        // One at once, and one more for every ten seconds, however slow the machine is.
        assertEquals(true, lines.get() >= 1 && lines.get() <= 1 + took / 10_000_000_000L, lines + " lines");
    }
}
