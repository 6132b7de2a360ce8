package io.meridian.edge.adapter.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.release.Act;
import io.meridian.edge.core.release.Refusal.Code;
import io.meridian.edge.testing.Releases;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever is changed in a signed archive by those who hold no key, it is not taken. */
class TamperTest {
    private final Releases people =
            new Releases().person("anna", "author:*", "author:locked").person("ben", "approve:*", "approve:locked");
    private final SortedMap<String, byte[]> active = files("7", "a");
    private final Judge edge = new Judge(active, 7, people.trust(), Instant.parse("2026-03-01T00:00:00Z"));
    private final Archive unsigned = Releases.bundle(files("8", "b"), Releases.content(active));
    private final byte[] good = people.signed(unsigned, "anna", "ben");

    @Test
    void asItIsItIsTaken() {
        assertEquals(List.of(), edge.refusals(good));
    }

    @Test
    void noBitCanBeFlipped() {
        for (int at = 0; at < good.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] bytes = good.clone();
                bytes[at] ^= (byte) (1 << bit);
                assertRefused(bytes, "bit " + bit + " of byte " + at);
            }
        }
    }

    @Test
    void noByteCanBeAddedOrLeftOut() {
        Random random = new Random(7);
        for (int at = 0; at <= good.length; at++) {
            byte[] more = new byte[good.length + 1];
            System.arraycopy(good, 0, more, 0, at);
            more[at] = (byte) random.nextInt(256);
            System.arraycopy(good, at, more, at + 1, good.length - at);
            assertRefused(more, "a byte more at " + at);
            if (at < good.length) {
                byte[] less = Arrays.copyOf(good, good.length - 1);
                System.arraycopy(good, at + 1, less, at, good.length - at - 1);
                assertRefused(less, "a byte less at " + at);
                assertRefused(Arrays.copyOf(good, at), "cut off at " + at);
            }
        }
    }

    @Test
    void aFileChangedWithACorrectChecksumIsTold() {
        RawZip raw = RawZip.of(good);
        raw.entries.replaceAll(entry -> new String(entry.name, StandardCharsets.UTF_8).endsWith("rules.yaml")
                ? new RawZip.Entry("files/markets/de/rules.yaml", "c".getBytes(StandardCharsets.UTF_8))
                : entry);
        assertEquals(List.of(Code.DIGEST_MISMATCH), edge.codes(raw.write()));
    }

    @Test
    void aManifestThatGoesWithOtherFilesIsNotWhatWasSigned() {
        RawZip signatures = RawZip.of(good);
        RawZip other = RawZip.of(
                Releases.bundle(files("8", "c"), Releases.content(active)).write());
        other.entries.add(signatures.entry("1.jws"));
        other.entries.add(signatures.entry("2.jws"));
        assertEquals(
                List.of(Code.BAD_SIGNATURE, Code.BAD_SIGNATURE, Code.MISSING_AUTHOR, Code.MISSING_APPROVAL),
                edge.codes(other.write()));
    }

    @Test
    void anAuthorsSignatureIsNoApproval() {
        RawZip raw = RawZip.of(people.sign(unsigned, "anna", Act.AUTHOR).write());
        RawZip.Entry author = raw.entry("1.jws");
        String[] parts = new String(author.content, StandardCharsets.US_ASCII).split("\\.");
        String approve = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8)
                .replace("\"author\"", "\"approve\"")
                .replace("\"anna\"", "\"ben\"");
        String header =
                Base64.getUrlEncoder().withoutPadding().encodeToString(approve.getBytes(StandardCharsets.UTF_8));
        raw.entries.add(
                new RawZip.Entry("signatures/2.jws", (header + ".." + parts[2]).getBytes(StandardCharsets.US_ASCII)));
        assertEquals(List.of(Code.BAD_SIGNATURE, Code.MISSING_APPROVAL), edge.codes(raw.write()));
    }

    @Test
    void aSignatureCanBeTakenOutButThenItIsMissing() {
        RawZip raw = RawZip.of(good);
        raw.entries.remove(raw.entry("2.jws"));
        assertEquals(List.of(Code.MISSING_APPROVAL), edge.codes(raw.write()));
    }

    @Test
    void aStrangersSignatureIsRefusedThoughTheOthersWouldDo() {
        people.stranger("mallory");
        byte[] bytes = people.sign(
                        people.sign(people.sign(unsigned, "anna", Act.AUTHOR), "ben", Act.APPROVE),
                        "mallory",
                        Act.APPROVE)
                .write();
        assertEquals(List.of(Code.UNKNOWN_SIGNER), edge.codes(bytes));
    }

    private void assertRefused(byte[] bytes, String what) {
        List<Code> codes = edge.codes(bytes);
        assertFalse(codes.isEmpty(), what);
        // A change by others is never mistaken for a mistake of those who signed.
        assertTrue(
                codes.get(0) == Code.BAD_ARCHIVE
                        || codes.get(0) == Code.DIGEST_MISMATCH
                        || codes.get(0) == Code.BAD_SIGNATURE,
                () -> what + ": " + codes);
    }

    private static SortedMap<String, byte[]> files(String revision, String rules) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("bundle.yaml", ("revision: " + revision + "\n").getBytes(StandardCharsets.UTF_8));
        files.put("global/offers.yaml", "offers: []\n".getBytes(StandardCharsets.UTF_8));
        files.put("markets/de/rules.yaml", rules.getBytes(StandardCharsets.UTF_8));
        return files;
    }
}
