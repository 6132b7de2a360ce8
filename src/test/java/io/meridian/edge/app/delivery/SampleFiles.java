package io.meridian.edge.app.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** The sample configuration in editions: each has a revision, and every title says which. */
final class SampleFiles {
    private SampleFiles() {}

    /** All files of an edition. */
    static SortedMap<String, byte[]> edition(int revision) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>(FolderFiles.read(Path.of("edge-config")));
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
