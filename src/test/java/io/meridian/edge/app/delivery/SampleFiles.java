package io.meridian.edge.app.delivery;

import io.meridian.edge.testing.Releases;
import io.meridian.edge.testing.TestBundles;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** The sample configuration in editions: each has a revision, and every title says which. */
final class SampleFiles {
    private SampleFiles() {}

    /** All files of an edition. */
    static SortedMap<String, byte[]> edition(int revision) {
        SortedMap<String, byte[]> files = new TreeMap<>(Releases.files(TestBundles.SAMPLE));
        files.replaceAll((path, bytes) -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (path.equals("bundle.yaml")) {
                text = text.replaceAll("revision: \\d+", "revision: " + revision);
            } else if (path.contains("content")) {
                text = text.replace("title: \"", "title: \"" + mark(revision) + " ");
            }
            return text.getBytes(StandardCharsets.UTF_8);
        });
        return files;
    }

    /** What every title of an edition begins with. */
    static String mark(long revision) {
        return "#" + revision + "#";
    }
}
