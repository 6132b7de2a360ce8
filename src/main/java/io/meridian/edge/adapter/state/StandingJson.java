package io.meridian.edge.adapter.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The standing as a file: a line of JSON and, under a key, a line with its HMAC-SHA-256 in hex. Without the region's key nobody can write
 * one that is believed.
 */
final class StandingJson {
    private static final int FORMAT = 1;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private StandingJson() {}

    /** @param key null for none */
    static byte[] write(Standing standing, byte @Nullable [] key) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("highestRevision", standing.highestRevision());
        root.put("since", standing.since().toString());
        standing.kept().forEach(kept -> write(root.withArray("kept").addObject(), kept));
        ObjectNode carriedOut = root.putObject("carriedOut");
        new TreeMap<>(standing.carriedOut()).forEach((order, until) -> carriedOut.put(order, until.toString()));
        try {
            String line = MAPPER.writeValueAsString(root);
            String sealed = key == null ? line + "\n" : line + "\n" + seal(line, key) + "\n";
            return sealed.getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void write(ObjectNode node, Kept kept) {
        node.put("digest", kept.digest())
                .put("content", kept.content())
                .put("revision", kept.revision())
                .put("signed", kept.signed())
                .put("accepted", kept.accepted().toString())
                .put("first", kept.first());
        kept.changedPaths().forEach(node.withArray("changedPaths")::add);
        kept.changedLocks().forEach(node.withArray("changedLocks")::add);
    }

    /** Reads what {@link #write} wrote. IOException, fit to be told, for anything else. */
    static Standing read(byte[] bytes, byte @Nullable [] key) throws IOException {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        if (key != null) {
            boolean genuine = lines.length > 1
                    && MessageDigest.isEqual(
                            lines[1].getBytes(StandardCharsets.UTF_8),
                            seal(lines[0], key).getBytes(StandardCharsets.UTF_8));
            if (!genuine) {
                throw new IOException("it was not written by this region's service");
            }
        }
        try {
            JsonNode root = MAPPER.readTree(lines[0]);
            if (root.path("format").asInt() != FORMAT) {
                throw new IOException("it is of another format");
            }
            List<Kept> kept = new ArrayList<>();
            for (JsonNode node : root.path("kept")) {
                kept.add(kept(node));
            }
            return new Standing(
                    root.path("highestRevision").asLong(), time(root, "since"), kept, times(root.path("carriedOut")));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            throw new IOException("it cannot be understood", e);
        }
    }

    private static Kept kept(JsonNode node) {
        return new Kept(
                digest(node, "digest"),
                digest(node, "content"),
                node.path("revision").asLong(),
                node.path("signed").asBoolean(),
                time(node, "accepted"),
                node.path("first").asBoolean(),
                texts(node.path("changedPaths")),
                texts(node.path("changedLocks")));
    }

    private static Map<String, Instant> times(JsonNode node) {
        Map<String, Instant> times = new TreeMap<>();
        node.fieldNames().forEachRemaining(name -> times.put(name, time(node, name)));
        return times;
    }

    private static Instant time(JsonNode node, String field) {
        return Instant.parse(node.path(field).asText());
    }

    /** Becomes a file's name: nothing else may come of it. */
    private static String digest(JsonNode node, String field) {
        String text = node.path(field).asText();
        if (!StateFolder.isDigest(text)) {
            throw new IllegalArgumentException("not a digest");
        }
        return text;
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        node.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static String seal(String line, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(line.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
