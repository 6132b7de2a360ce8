package io.meridian.edge.adapter.http.access;

import io.meridian.edge.adapter.http.wire.JsonBytes;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The file of keys: one JSON object a line, {@code {"id": "cdn", "sha256": "<64 hex digits>", "roles": ["decide"]}}; empty lines and
 * lines that begin with {@code #} are passed over. A line can be appended, and taken out, by any tool.
 */
public final class ApiKeyFile {
    private static final long MAX_BYTES = 1024 * 1024;
    private static final int KEY_BYTES = 32;
    private static final int MAX_TEXT = 128;
    private static final int MAX_ROLES = 500;
    private static final String PREFIX = "mk_";

    private ApiKeyFile() {}

    /**
     * A new key.
     *
     * @param key what the caller sends; not stored anywhere
     * @param line what goes into the file
     */
    public record NewKey(String key, String line) {
        /** Hides the key. */
        @Override
        public String toString() {
            return "NewKey[" + line + "]";
        }
    }

    /** Reads a file. Throws {@link IllegalArgumentException} that names the line if one is not as it should be. */
    public static ApiKeys read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IllegalArgumentException("a file of API keys has at most " + MAX_BYTES + " bytes");
        }
        return parse(Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    /** Reads lines; as {@link #read}. */
    static ApiKeys parse(List<String> lines) {
        List<ApiKeys.Entry> entries = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                ApiKeys.Entry entry = entry(line);
                ApiKeys.of(List.of(entry));
                if (!ids.add(entry.id())) {
                    throw new IllegalArgumentException("there are two keys " + entry.id());
                }
                entries.add(entry);
            } catch (ProblemException e) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + ": " + e.problem().pointer() + " "
                                + e.problem().detail(),
                        e);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("there is no key in it; meridian new-key makes one");
        }
        return ApiKeys.of(entries);
    }

    /** Makes a key of 256 random bits. Throws {@link IllegalArgumentException} for a role that is none. */
    public static NewKey create(String id, List<String> roles, SecureRandom random) {
        Caller.of(id, roles);
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        JsonBytes json = new JsonBytes(256);
        json.beginObject();
        json.name("id").value(id);
        json.name("sha256").value(ApiKeys.hash(key));
        json.name("roles").beginArray();
        roles.forEach(json::value);
        json.endArray().endObject();
        return new NewKey(key, new String(json.toBytes(), StandardCharsets.UTF_8));
    }

    private static ApiKeys.Entry entry(String line) {
        try (StrictJson json = StrictJson.open(line.getBytes(StandardCharsets.UTF_8))) {
            json.beginObject();
            String id = null;
            String sha256 = null;
            List<String> roles = null;
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                switch (field) {
                    case "id" -> id = json.text(MAX_TEXT);
                    case "sha256" -> sha256 = json.text(MAX_TEXT);
                    case "roles" -> roles = json.texts(MAX_TEXT, MAX_ROLES);
                    default -> throw json.unknownField("id, sha256, roles");
                }
            }
            json.end();
            if (id == null || sha256 == null || roles == null || roles.isEmpty()) {
                throw new IllegalArgumentException("a key has an id, a sha256 and one role or more");
            }
            return new ApiKeys.Entry(id, sha256, roles);
        }
    }
}
