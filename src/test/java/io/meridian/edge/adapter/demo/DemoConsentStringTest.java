package io.meridian.edge.adapter.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.iabtcf.decoder.TCString;
import com.iabtcf.utils.IntIterable;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoConsentStringTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");

    @Test
    void theIabDecoderReadsWhatWasWritten() {
        Set<Integer> purposes = Set.of(1, 5, 6, 8, 11);
        TCString read = TCString.decode(DemoConsentString.of(purposes, NOW));
        assertEquals(2, read.getVersion());
        assertEquals(5, read.getTcfPolicyVersion());
        assertTrue(read.isServiceSpecific());
        assertEquals(Instant.parse("2026-11-22T00:00:00Z"), read.getLastUpdated());
        assertEquals(purposes, set(read.getPurposesConsent()));
        assertEquals(purposes, set(read.getPubPurposesConsent()));
        assertEquals(Set.of(), set(read.getVendorConsent()));
        assertEquals(Set.of(1), set(read.getDisclosedVendors()));
        assertEquals("DE", read.getPublisherCC());
    }

    private static Set<Integer> set(IntIterable ids) {
        Set<Integer> set = new HashSet<>();
        ids.iterator().forEachRemaining(set::add);
        return set;
    }
}
