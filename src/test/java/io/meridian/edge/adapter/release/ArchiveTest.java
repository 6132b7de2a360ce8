package io.meridian.edge.adapter.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.meridian.edge.core.release.Act;
import io.meridian.edge.core.release.Signature;
import io.meridian.edge.core.release.Signature.Standing;
import io.meridian.edge.testing.Releases;
import io.meridian.edge.testing.TestBundles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class ArchiveTest {
    private final Releases people =
            new Releases().person("anna", "author:*", "author:locked").person("ben", "approve:*", "approve:locked");
    private final SortedMap<String, byte[]> files = Releases.files(TestBundles.MINIMAL);

    @Test
    void whatIsWrittenIsRead() throws ReleaseRefused {
        byte[] bytes = people.signed(Releases.bundle(files, null), "anna", "ben");
        Archive archive = Archive.read(bytes);
        assertArrayEquals(bytes, archive.write());
        assertEquals(files.keySet(), archive.files().keySet());
        files.forEach(
                (path, content) -> assertArrayEquals(content, archive.files().get(path)));
        assertEquals(
                List.of(
                        new Signature("anna", Act.AUTHOR, Standing.VERIFIED),
                        new Signature("ben", Act.APPROVE, Standing.VERIFIED)),
                archive.signatures(people.trust()));
    }

    @Test
    void anyUnzipOpensIt() throws IOException {
        byte[] bytes = people.signed(Releases.bundle(files, null), "anna", "ben");
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().startsWith("files/")) {
                    assertArrayEquals(files.get(entry.getName().substring("files/".length())), zip.readAllBytes());
                }
                names.add(entry.getName());
            }
        }
        assertEquals("manifest.json", names.get(0));
        assertEquals(List.of("signatures/1.jws", "signatures/2.jws"), names.subList(names.size() - 2, names.size()));
        assertEquals(files.size() + 3, names.size());
    }
}
