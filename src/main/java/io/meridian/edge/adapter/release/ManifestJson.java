package io.meridian.edge.adapter.release;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.meridian.edge.core.release.ContentDigest;
import io.meridian.edge.core.release.Manifest;
import io.meridian.edge.core.release.Refusal.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code manifest.json}: JSON without spaces, fields in a fixed order, so that equal manifests are equal bytes. */
final class ManifestJson {
    /** The largest, in bytes: room for every file with the longest path. */
    static final int MAX_BYTES = 1 << 20;

    private static final String WHAT = "manifest.json";

    private ManifestJson() {}

    static byte[] write(Manifest manifest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = StrictTree.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("format", Manifest.FORMAT);
            json.writeNumberField("revision", manifest.revision());
            json.writeStringField("base", manifest.base());
            json.writeStringField("notBefore", text(manifest.notBefore()));
            json.writeStringField("notAfter", text(manifest.notAfter()));
            json.writeStringField("content", manifest.content());
            json.writeArrayFieldStart("files");
            for (Manifest.Entry file : manifest.files()) {
                json.writeStartObject();
                json.writeStringField("path", file.path());
                json.writeNumberField("size", file.size());
                json.writeStringField("sha256", file.sha256());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    static Manifest read(byte[] bytes) throws ReleaseRefused {
        if (bytes.length > MAX_BYTES) {
            throw new ReleaseRefused(Code.BAD_ARCHIVE, WHAT + " has more than " + MAX_BYTES + " bytes");
        }
        StrictTree root = StrictTree.parse(bytes, WHAT, Code.BAD_ARCHIVE);
        root.only("format", "revision", "base", "notBefore", "notAfter", "content", "files");
        long format = root.number("format", 1, Integer.MAX_VALUE);
        if (format != Manifest.FORMAT) {
            throw root.refused("format is " + format + "; this version of meridian reads " + Manifest.FORMAT);
        }
        List<Manifest.Entry> files = new ArrayList<>();
        for (StrictTree file : root.objects("files")) {
            file.only("path", "size", "sha256");
            files.add(new Manifest.Entry(
                    file.text("path"), (int) file.number("size", 0, Archive.MAX_BYTES), file.text("sha256")));
        }
        Manifest manifest = new Manifest(
                root.number("revision", 1, Integer.MAX_VALUE),
                digest(root, "base"),
                time(root, "notBefore"),
                time(root, "notAfter"),
                Objects.requireNonNullElse(digest(root, "content"), ""),
                List.copyOf(files));
        if (!Arrays.equals(write(manifest), bytes)) {
            throw root.refused("it is not written as meridian bundle writes it: other order, spaces or escapes");
        }
        return manifest;
    }

    private static @Nullable String digest(StrictTree root, String field) throws ReleaseRefused {
        JsonNode node = root.node(field);
        if (node.isNull() && field.equals("base")) {
            return null;
        }
        String digest = root.text(field);
        if (!ContentDigest.isDigest(digest)) {
            throw root.refused("/" + field + " is no digest such as sha256:… with 64 hex digits");
        }
        return digest;
    }

    private static @Nullable Instant time(StrictTree root, String field) throws ReleaseRefused {
        if (root.node(field).isNull()) {
            return null;
        }
        try {
            return Instant.parse(root.text(field));
        } catch (DateTimeException notATime) {
            throw root.refused("/" + field + " is no time such as 2026-03-01T00:00:00Z");
        }
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
