package io.meridian.edge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The hash that kustomize ends the name of a generated ConfigMap in: SHA-256 over its JSON as Go writes it, ten characters without vowels. */
final class NameHash {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LENGTH = 10;

    private NameHash() {}

    static String of(JsonNode configMap) {
        try {
            String json = goJson(configMap);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of()
                    .formatHex(digest)
                    .substring(0, LENGTH)
                    .replace('0', 'g')
                    .replace('1', 'h')
                    .replace('3', 'k')
                    .replace('a', 'm')
                    .replace('e', 't');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String goJson(JsonNode configMap) {
        Map<String, String> data = new TreeMap<>();
        configMap
                .path("data")
                .fields()
                .forEachRemaining(
                        field -> data.put(field.getKey(), field.getValue().textValue()));
        Map<String, Object> hashed = new TreeMap<>();
        hashed.put("data", data.isEmpty() ? "" : data);
        hashed.put("kind", "ConfigMap");
        // Kustomize looks the name up where there is none, so it is always empty.
        hashed.put("name", "");
        return JSON.valueToTree(hashed)
                .toString()
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
