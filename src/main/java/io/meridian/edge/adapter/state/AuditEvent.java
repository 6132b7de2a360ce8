package io.meridian.edge.adapter.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to what an edge decides by, or was refused. Never names a visitor; people only by the ids of their keys.
 *
 * @param who id of a key, or the part of the service that acted
 * @param digest of the bundle; null if it is about none, or none that could be read
 * @param content digest of its configuration; likewise
 * @param revision 0 if there is none
 * @param code why it was refused; null if it was not
 * @param why for people; shortened to {@value #MAX_WHY} characters
 * @param count how often it happened since it was last written; 1 for once
 */
public record AuditEvent(
        What what,
        Instant time,
        String via,
        String who,
        @Nullable String digest,
        @Nullable String content,
        long revision,
        @Nullable String code,
        @Nullable String why,
        long count) {

    /** The most characters of {@link #why}. */
    public static final int MAX_WHY = 2_000;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What can happen. */
    public enum What {
        /** The service started, with this bundle or with none. */
        STARTED,
        /** A configuration arrived, and is about to be looked at. */
        OFFERED,
        /** It was kept, to be activated later. */
        STAGED,
        /** It decides from now on. */
        ACTIVATED,
        /** It was not taken. */
        REJECTED,
        /** A step back was ordered, and is about to be looked at. */
        ROLLBACK_ORDERED,
        /** An earlier bundle decides again. */
        ROLLED_BACK,
        /** A caller of the administration was turned away. */
        REFUSED,
        /** Where new configurations come from does not answer. */
        SOURCE_UNREACHABLE,
        /** It answers again. */
        SOURCE_REACHED,
        /** Something kept on disk is not as it was written. */
        DAMAGED;

        /** For example {@code rolled-back}. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        static What ofId(String id) {
            return valueOf(id.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
        }
    }

    /** An event with its place in the chain. */
    public record Entry(long sequence, AuditEvent event, String previous) {}

    String line(long sequence, String previous) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("sequence", sequence);
        node.put("time", time.toString());
        node.put("event", what.id());
        node.put("via", via);
        node.put("who", who);
        put(node, "digest", digest);
        put(node, "content", content);
        if (revision > 0) {
            node.put("revision", revision);
        }
        put(node, "code", code);
        put(node, "why", why == null || why.length() <= MAX_WHY ? why : why.substring(0, MAX_WHY - 1) + "…");
        if (count != 1) {
            node.put("count", count);
        }
        node.put("previous", previous);
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    /** Reads a line of an audit. IOException if it is none. */
    public static Entry read(String line) throws IOException {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (!node.path("sequence").canConvertToLong()
                    || !node.path("previous").isTextual()) {
                throw new IOException("not an audit event");
            }
            AuditEvent event = new AuditEvent(
                    What.ofId(node.path("event").asText()),
                    Instant.parse(node.path("time").asText()),
                    node.path("via").asText(),
                    node.path("who").asText(),
                    text(node, "digest"),
                    text(node, "content"),
                    node.path("revision").asLong(),
                    text(node, "code"),
                    text(node, "why"),
                    node.path("count").asLong(1));
            return new Entry(
                    node.get("sequence").asLong(), event, node.get("previous").asText());
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            throw new IOException("not an audit event", e);
        }
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }
}
