package io.meridian.edge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Makes text from elsewhere fit for a terminal: nothing in it moves the cursor, hides what follows, or poses as a line of ours. */
final class Printable {
    private static final char REPLACEMENT = '\uFFFD';

    private Printable() {}

    /** Each control, format or line separating character replaced; a line break stays, with what follows indented. */
    static String of(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            switch (Character.getType(point)) {
                case Character.CONTROL -> safe.append(point == '\n' ? "\n      " : REPLACEMENT);
                case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                    safe.append(REPLACEMENT);
                default -> safe.appendCodePoint(point);
            }
        });
        return safe.toString();
    }

    /** The same with every text in it made printable; of names of fields only ours are ever read. */
    static JsonNode of(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(of(field.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, of(array.get(i)));
            }
        } else if (node.isTextual()) {
            return TextNode.valueOf(of(node.asText()));
        }
        return node;
    }
}
