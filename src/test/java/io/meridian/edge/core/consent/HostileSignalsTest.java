package io.meridian.edge.core.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.Purpose;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever arrives: no exception, bounded work, no memory to speak of, and what cannot be read is refused. */
class HostileSignalsTest {
    private static final long SEED = 4711;
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~YN1=\u00e9\ud83d ";

    @Test
    void everyTruncationOfATcStringIsRefusedOrEndsWithASegment() {
        String text = full().text();
        int coreEnd = text.indexOf('.');
        int disclosedEnd = text.indexOf('.', coreEnd + 1);
        for (int length = 0; length < text.length(); length++) {
            ConsentSignals signals = Signals.decodeAsVendor(Signals.tcf(text.substring(0, length)));
            if (length >= coreEnd - 1 && length <= coreEnd) {
                // The last character may hold only padding.
                assertTrue(signals.problems() != 0);
            } else if (length < disclosedEnd - 1 || length == disclosedEnd + 1) {
                assertEquals(SignalProblem.TCF_MALFORMED.bit(), signals.problems(), "cut to " + length);
                assertEquals(Purpose.ALL_BITS, signals.refused());
            }
        }
    }

    @Test
    void everyTruncationOfAGppStringIsRefused() {
        String text = UsText.header(7, 8) + "~"
                + new UsText(UsSection.USNAT).gpc(true).text() + "~"
                + new UsText(UsSection.USCA).set(UsSection.USCA.sale, 1).text();
        for (int length = 0; length < text.length() - 1; length++) {
            ConsentSignals signals = Signals.decode(Signals.gpp(text.substring(0, length)));
            assertTrue(signals.problems() != 0, "cut to " + length);
            assertEquals(UsSection.PERSONAL_BITS, signals.refused() & UsSection.PERSONAL_BITS, "cut to " + length);
        }
    }

    @Test
    void randomAndFlippedTextNeverThrows() {
        SplittableRandom random = new SplittableRandom(SEED);
        int rounds = Signals.thorough() ? 2_000_000 : 40_000;
        String[] seeds = {
            full().text(),
            UsText.header(2, 7, 8) + "~" + full().text() + "~"
                    + new UsText(UsSection.USNAT).gpc(true).text() + "~" + new UsText(UsSection.USCA).text(),
            "1YNN",
            ""
        };
        for (int round = 0; round < rounds; round++) {
            StringBuilder text = new StringBuilder(seeds[random.nextInt(seeds.length)]);
            int changes = 1 + random.nextInt(4);
            for (int change = 0; change < changes; change++) {
                char character = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
                int at = random.nextInt(text.length() + 1);
                if (at == text.length() || random.nextInt(3) == 0) {
                    text.insert(at, character);
                } else {
                    text.setCharAt(at, character);
                }
            }
            String hostile = text.toString();
            ConsentInput input = new ConsentInput(true, hostile, hostile, new int[] {random.nextInt()}, false, hostile);
            try {
                ConsentSignals.decode(input, TcfBasis.vendor(TcfText.VENDOR), TcfText.NOW);
                Signals.decode(input);
            } catch (RuntimeException exception) {
                throw new AssertionError("seed " + SEED + " round " + round + " " + hostile, exception);
            }
        }
    }

    @Test
    void aCorruptedTcStringNeverGrantsMoreThanItsBitsSay() {
        // One flipped bit may turn a refusal into a permission: that is a different string. It never grants on a
        // problem.
        SplittableRandom random = new SplittableRandom(SEED);
        String text = full().text();
        for (int round = 0; round < 5_000; round++) {
            StringBuilder flipped = new StringBuilder(text);
            flipped.setCharAt(random.nextInt(text.length()), ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            ConsentSignals signals = Signals.decodeAsVendor(Signals.tcf(flipped.toString()));
            if (signals.problems() != 0) {
                assertEquals(Purpose.ALL_BITS, signals.refused());
                assertEquals(0, signals.consented() | signals.legitimateInterest());
            }
        }
    }

    @Test
    void workIsBoundedByTheLengthNotByWhatTheTextClaims() {
        String[] texts = {manyRestrictions(4095, 1), manyRestrictions(1, 4095), manyRestrictions(4095, 0)};
        for (String text : texts) {
            String bounded = text.substring(0, Math.min(text.length(), TcfDecoder.MAX_LENGTH));
            Bits bits = new Bits();
            TcfDecoder.decode(
                    bounded,
                    0,
                    bounded.length(),
                    TcfBasis.vendor(TcfText.VENDOR),
                    TcfText.NOW,
                    true,
                    bits,
                    new SignalCollector());
            // The leanest loop takes 20 bits and three reads.
            assertTrue(bits.steps() <= TcfDecoder.MAX_LENGTH * 6 / 20 * 3 + 100, "steps " + bits.steps());
            assertTrue(bits.steps() > 1_000, "the string must be walked, steps " + bits.steps());
        }
    }

    @Test
    void hostileTextCostsNoMemory() {
        String eightKilobytes = manyRestrictions(4095, 1).substring(0, 8192);
        String longest = eightKilobytes.substring(0, TcfDecoder.MAX_LENGTH);
        String[] texts = {eightKilobytes, longest, full().text()};
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (String text : texts) {
            ConsentInput[] inputs = {
                Signals.tcf(text),
                Signals.gpp(UsText.header(2) + "~" + text),
                Signals.gpp(text),
                Signals.usPrivacy(text)
            };
            for (ConsentInput input : inputs) {
                Signals.decodeAsVendor(input);
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int repetition = 0; repetition < 100; repetition++) {
                    Signals.decodeAsVendor(input);
                }
                long each = (threads.getCurrentThreadAllocatedBytes() - before) / 100;
                assertTrue(each < 1_024, each + " bytes for " + text.length() + " characters");
            }
        }
    }

    private static TcfText full() {
        TcfText text = new TcfText();
        text.consent = Purpose.ALL_BITS;
        text.legitimateInterest = Purpose.ALL_BITS;
        text.vendorConsent = true;
        text.vendorLegitimateInterest = true;
        text.ranges = true;
        text.restrictions.add(new int[] {3, 0, 1, 50});
        text.restrictions.add(new int[] {7, 1, 40, 45});
        text.publisherConsent = Purpose.ALL_BITS;
        return text;
    }

    /** A core string that claims many restrictions of many ranges and delivers as many as 12 KB hold. */
    private static String manyRestrictions(int restrictions, int ranges) {
        TcfText empty = new TcfText();
        String core = empty.core();
        BitText bits = new BitText();
        int kept = 6 + 36 + 36 + 12 + 12 + 6 + 12 + 12 + 6 + 1 + 1 + 12 + 24 + 24 + 1 + 12 + 2 * (17 + 60);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int bit = 0; bit < kept; bit++) {
            bits.put(alphabet.indexOf(core.charAt(bit / 6)) >> 5 - bit % 6 & 1, 1);
        }
        bits.put(restrictions, 12);
        for (int restriction = 0; restriction < restrictions && bits.length() < 72_000; restriction++) {
            bits.put(2, 6).put(0, 2).put(ranges, 12);
            for (int range = 0; range < ranges && bits.length() < 72_000; range++) {
                bits.put(0, 1).put(9, 16);
            }
        }
        return bits.text();
    }
}
