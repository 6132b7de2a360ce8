package io.meridian.edge.adapter.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.release.Act;
import io.meridian.edge.core.release.Manifest;
import io.meridian.edge.core.release.Refusal.Code;
import io.meridian.edge.testing.Releases;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Archives that other tools would open, each in a way of its own. */
class HostileArchiveTest {
    private static final byte[] TEXT = "revision: 2\n".getBytes(StandardCharsets.UTF_8);

    private final SortedMap<String, byte[]> files = new TreeMap<>(
            java.util.Map.of("bundle.yaml", TEXT, "global/offers.yaml", "o: 1\n".getBytes(StandardCharsets.UTF_8)));
    private final byte[] good = new Releases()
            .person("anna", "author:*")
            .person("ben", "approve:*")
            .signed(Releases.bundle(files, null), "anna", "ben");

    @Test
    void unchangedItIsRead() throws ReleaseRefused {
        assertArrayEquals(good, RawZip.of(good).write());
        assertEquals(2, Archive.read(good).files().size());
    }

    @Test
    void nothingStandsBeforeBetweenOrAfter() {
        refuse("first byte", zip -> zip.before = new byte[] {'M', 'Z'});
        refuse("byte", zip -> zip.between = new byte[1]);
        refuse("first byte to its last", zip -> zip.after = new byte[1]);
        refuse("first byte to its last", zip -> zip.comment = "hello".getBytes(StandardCharsets.UTF_8));
        assertRefused(new byte[0], "first byte");
        assertRefused("PK".getBytes(StandardCharsets.UTF_8), "first byte");
        byte[] twice = Arrays.copyOf(good, 2 * good.length);
        System.arraycopy(good, 0, twice, good.length, good.length);
        assertRefused(twice, "byte");
    }

    @Test
    void theDirectoryAndTheEntriesSayTheSame() {
        refuse(
                "byte",
                zip -> zip.entry("offers.yaml").centralName =
                        "files/global/caps.yaml".getBytes(StandardCharsets.UTF_8));
        refuse("byte", zip -> zip.entry("offers.yaml").centralSize--);
        refuse("", zip -> zip.entry("offers.yaml").localSize--);
        refuse("claims", zip -> zip.entry("offers.yaml").localSize = Integer.MAX_VALUE);
        refuse("claims", zip -> zip.entry("offers.yaml").localSize = -1); // as ZIP64 has it
        refuse("byte", zip -> zip.entry("offers.yaml").crc++);
        refuse("byte", zip -> zip.offsetOff = 1);
        refuse("", zip -> zip.countOff = 1);
        refuse("", zip -> zip.countOff = -1);
        refuse("at most", zip -> zip.countOff = 60_000);
    }

    @Test
    void nothingIsPackedEncryptedOrExtended() {
        refuse("compressed", zip -> zip.entry("offers.yaml").deflate());
        refuse("byte", zip -> zip.entry("offers.yaml").centralMethod = 8);
        refuse("flags", zip -> zip.entry("offers.yaml").flags = 1);
        refuse("flags", zip -> zip.entry("offers.yaml").flags = 8);
        refuse("flags", zip -> zip.entry("offers.yaml").flags = 0x800);
        refuse("extra", zip -> zip.entry("offers.yaml").extra = new byte[] {1, 0, 0, 0});
    }

    @Test
    void aBombIsRefusedBeforeItGrows() {
        RawZip zip = RawZip.of(good);
        RawZip.Entry bomb = new RawZip.Entry("files/global/bomb.yaml", new byte[64 << 20]);
        bomb.deflate();
        zip.entries.add(1, bomb);
        assertTrue(zip.write().length < Archive.MAX_BYTES);
        assertRefused(zip.write(), "compressed");
        assertRefused(new byte[Archive.MAX_BYTES + 1], "more than");
    }

    @Test
    void attributesAndTimesAreNotTaken() {
        refuse("byte", zip -> {
            zip.entry("offers.yaml").madeBy = 0x0314; // Unix
            zip.entry("offers.yaml").attributes = 0xa1ff0000; // a symbolic link
        });
        refuse("byte", zip -> zip.entry("offers.yaml").time = 0x7000);
        refuse("byte", zip -> zip.entry("offers.yaml").comment = new byte[] {'x'});
    }

    @Test
    void thereIsOneEntryOfAName() {
        refuse("two entries", zip -> zip.entries.add(2, new RawZip.Entry("files/global/offers.yaml", TEXT)));
        refuse("two entries", zip -> zip.entries.add(1, zip.entry("manifest.json")));
    }

    @Test
    void namesLeadNowhereElse() {
        for (String name : List.of(
                "files/../evil.yaml",
                "files/global/../../evil.yaml",
                "files//evil.yaml",
                "files/./evil.yaml",
                "files//etc/evil.yaml",
                "/etc/evil.yaml",
                "../evil.yaml",
                "files/global\\evil.yaml",
                "files/C:/evil.yaml",
                "files/C:evil.yaml",
                "files/.hidden.yaml",
                "files/global/.git/evil.yaml",
                "files/global/evil.yaml\0.txt",
                "files/global/e\u0301vil.yaml",
                "files/global/evi\u0131.yaml",
                "files/global/\u2024\u2024/evil.yaml",
                "files/global/\u202elmay.yaml",
                "files/global/two words.yaml",
                "files/global/evil.sh",
                "files/global/",
                "files/a/b/c/d/e/f/g/h/evil.yaml",
                "files/" + "a".repeat(200) + ".yaml",
                "files/" + "a".repeat(300) + ".yaml",
                "evil.yaml",
                "META-INF/MANIFEST.MF")) {
            refuse("", zip -> zip.entries.add(1, new RawZip.Entry(name, TEXT)));
            SortedMap<String, byte[]> more = new TreeMap<>(files);
            if (name.startsWith("files/")) {
                more.put(name.substring("files/".length()), TEXT);
                ReleaseRefused refused =
                        assertThrows(ReleaseRefused.class, () -> Archive.of(2, null, null, null, more), name);
                assertTrue(refused.getMessage().contains("cannot be in a bundle"), refused.getMessage());
            }
        }
    }

    /** Whoever holds a key can sign such a manifest: that everything agrees does not make a path a good one. */
    @Test
    void namesLeadNowhereElseThoughTheManifestListsThem() {
        for (String path :
                List.of("../evil.yaml", "/etc/evil.yaml", "a//b.yaml", "C:/evil.yaml", "evil.sh", ".evil.yaml")) {
            SortedMap<String, byte[]> more = new TreeMap<>(files);
            more.put(path, TEXT);
            RawZip zip = new RawZip();
            byte[] manifest = ManifestJson.write(Manifest.of(2, null, null, null, more));
            zip.entries.add(new RawZip.Entry("manifest.json", manifest));
            more.forEach((name, content) -> zip.entries.add(new RawZip.Entry("files/" + name, content)));
            assertRefused(zip.write(), "cannot be in a bundle");
        }
    }

    @Test
    void namesAreNotOverlongUtf8() {
        refuse("plain ASCII", zip -> {
            RawZip.Entry entry = new RawZip.Entry("files/global/evil.yaml", TEXT);
            entry.name[5] = (byte) 0xc0; // an overlong slash begins so
            zip.entries.add(1, entry);
        });
    }

    @Test
    void theManifestListsWhatIsThere() {
        refuse(
                "does not list global/caps.yaml",
                zip -> zip.entries.add(1, new RawZip.Entry("files/global/caps.yaml", TEXT)));
        refuse("is not there: global/offers.yaml", zip -> zip.entries.remove(zip.entry("offers.yaml")));
        refuse("no manifest.json", zip -> zip.entries.remove(zip.entry("manifest.json")));
        refuse("no part of a bundle", zip -> zip.entries.add(1, new RawZip.Entry("readme.txt", TEXT)));
        RawZip zip = RawZip.of(good);
        zip.entries.set(1, new RawZip.Entry("files/bundle.yaml", "revision: 3\n".getBytes(StandardCharsets.UTF_8)));
        assertMismatch("bundle.yaml is not the file", zip.write());
    }

    @Test
    void entriesHaveOneOrder() {
        refuse("order", zip -> zip.entries.add(zip.entries.remove(0)));
        refuse("order", zip -> zip.entries.add(1, zip.entries.remove(2)));
        refuse("order", zip -> zip.entries.add(zip.entries.remove(3)));
        refuse("order", zip -> zip.entries.set(4, new RawZip.Entry("signatures/3.jws", zip.entry("2.jws").content)));
    }

    @Test
    void theManifestIsWrittenInOneWay() {
        manifest("known", "{\"format\":1,", "{\"format\":1,\"note\":\"x\",");
        manifest("twice", "{\"format\":1,", "{\"format\":1,\"format\":1,");
        manifest("missing", "\"base\":null,", "");
        manifest("other order", "{\"format\":1,", "{ \"format\":1,");
        manifest("other order", "\"revision\":2,\"base\":null", "\"base\":null,\"revision\":2");
        manifest("other order", "bundle.yaml", "bundle\\u002eyaml");
        manifest("reads 1", "{\"format\":1,", "{\"format\":2,");
        manifest("whole number", "\"revision\":2", "\"revision\":0");
        manifest("whole number", "\"revision\":2", "\"revision\":2.0");
        manifest("whole number", "\"revision\":2", "\"revision\":99999999999999999999");
        manifest("digest", "\"base\":null", "\"base\":\"sha256:XY\"");
        manifest("a string", "\"base\":null", "\"base\":7");
        manifest("no time", "\"notBefore\":null", "\"notBefore\":\"soon\"");
        manifest("nested too deep", "\"notBefore\":null", "\"notBefore\":[[[[[[1]]]]]]");
        manifest("JSON", "{\"format\":1,", "{\"format\":1,,");
        manifest("one JSON object", "}]}", "}]}{}");
        manifest("is not there", "global/offers.yaml", "global/0ffers.yaml");
        refuse(
                "bytes",
                zip -> zip.entries.set(0, new RawZip.Entry("manifest.json", new byte[ManifestJson.MAX_BYTES + 1])));
        refuse("JSON", zip -> zip.entries.set(0, new RawZip.Entry("manifest.json", new byte[0])));
        refuse("object", zip -> zip.entries.set(0, new RawZip.Entry("manifest.json", new byte[] {'1'})));
    }

    @Test
    void theContentDigestIsThatOfTheFiles() {
        RawZip zip = RawZip.of(good);
        String text = new String(zip.entries.get(0).content, StandardCharsets.UTF_8);
        String content = text.replaceFirst("\"content\":\"sha256:.{64}", "\"content\":\"sha256:" + "0".repeat(64));
        zip.entries.set(0, new RawZip.Entry("manifest.json", content.getBytes(StandardCharsets.UTF_8)));
        assertMismatch("content digest", zip.write());
    }

    @Test
    void nobodySignsTwiceInOneWayAndThereIsAnEndToSigning() throws ReleaseRefused {
        refuse("twice", zip -> zip.entries.add(new RawZip.Entry("signatures/3.jws", zip.entry("1.jws").content)));
        Releases people = new Releases();
        Archive archive = Releases.bundle(files, null);
        for (int i = 0; i < Archive.MAX_SIGNATURES; i++) {
            archive = people.person("p" + i).sign(archive, "p" + i, Act.AUTHOR);
        }
        Archive full = Archive.read(archive.write());
        people.person("one-more");
        assertThrows(
                ReleaseRefused.class,
                () -> full.signed(
                        "one-more", Act.AUTHOR, people.keys("one-more").getPrivate()));
    }

    @Test
    void whatIsTooLargeToBeReadIsNotWritten() {
        SortedMap<String, byte[]> many = new TreeMap<>();
        for (int i = 0; i < Archive.MAX_ENTRIES; i++) {
            many.put("f" + i + ".yaml", new byte[0]);
        }
        assertThrows(ReleaseRefused.class, () -> Archive.of(1, null, null, null, many));
        SortedMap<String, byte[]> large = new TreeMap<>();
        for (int i = 0; i < 33; i++) {
            large.put("f" + i + ".yaml", new byte[1 << 20]);
        }
        assertThrows(ReleaseRefused.class, () -> Archive.of(1, null, null, null, large));
    }

    private void manifest(String expected, String old, String replacement) {
        RawZip zip = RawZip.of(good);
        String text = new String(zip.entries.get(0).content, StandardCharsets.UTF_8);
        assertTrue(text.contains(old), text);
        zip.entries.set(
                0,
                new RawZip.Entry("manifest.json", text.replace(old, replacement).getBytes(StandardCharsets.UTF_8)));
        assertRefused(zip.write(), expected);
    }

    private void refuse(String expected, Consumer<RawZip> change) {
        RawZip zip = RawZip.of(good);
        change.accept(zip);
        assertRefused(zip.write(), expected);
    }

    private static void assertRefused(byte[] archive, String expected) {
        ReleaseRefused refused = assertThrows(ReleaseRefused.class, () -> Archive.read(archive));
        assertEquals(Code.BAD_ARCHIVE, refused.refusal().code());
        assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    }

    private static void assertMismatch(String expected, byte[] archive) {
        ReleaseRefused refused = assertThrows(ReleaseRefused.class, () -> Archive.read(archive));
        assertEquals(Code.DIGEST_MISMATCH, refused.refusal().code());
        assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    }
}
