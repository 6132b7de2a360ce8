package io.meridian.edge.adapter.onnx;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * YAML into nodes with positions, within bounds.
 *
 * <p>The library limits neither depth nor count, and composing recurses; so the events are counted in a first, flat pass.
 * Aliases, tags of one's own and keys written twice have no place in a card and are refused.
 */
final class BoundedYaml {
    static final int MAX_CHARACTERS = 512 * 1024;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_EVENTS = 100_000;
    private static final Set<Tag> TAGS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

    private BoundedYaml() {}

    /** The text is no YAML we take. Positions count from 1; 0 if unknown. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final int line;
        private final int column;

        Unreadable(String message, Optional<Mark> mark) {
            super(message);
            this.line = mark.map(at -> at.getLine() + 1).orElse(0);
            this.column = mark.map(at -> at.getColumn() + 1).orElse(0);
        }

        String problem() {
            return String.valueOf(getMessage());
        }

        int line() {
            return line;
        }

        int column() {
            return column;
        }
    }

    static Node compose(String text) throws Unreadable {
        if (text.length() > MAX_CHARACTERS) {
            throw new Unreadable("is longer than " + MAX_CHARACTERS + " characters", Optional.empty());
        }
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(MAX_CHARACTERS)
                .setAllowDuplicateKeys(false)
                .build();
        try {
            checkBounds(text, settings);
            Node root = new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() -> new Unreadable("is empty", Optional.empty()));
            checkNode(root);
            return root;
        } catch (MarkedYamlEngineException malformed) {
            throw new Unreadable(malformed.getProblem(), malformed.getProblemMark());
        } catch (YamlEngineException malformed) {
            throw new Unreadable(String.valueOf(malformed.getMessage()), Optional.empty());
        }
    }

    private static void checkBounds(String text, LoadSettings settings) throws Unreadable {
        int depth = 0;
        int events = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (++events > MAX_EVENTS) {
                throw new Unreadable("has more than " + MAX_EVENTS + " parts", event.getStartMark());
            }
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case Alias -> throw new Unreadable("aliases (*name) are not allowed", event.getStartMark());
                case Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> {}
            }
            if (depth > MAX_DEPTH) {
                throw new Unreadable("is nested deeper than " + MAX_DEPTH, event.getStartMark());
            }
        }
    }

    /** Depth is bounded by now. */
    private static void checkNode(Node node) throws Unreadable {
        Tag tag = node.getTag();
        if (!TAGS.contains(tag)) {
            throw new Unreadable("the tag " + tag + " is not allowed", node.getStartMark());
        }
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                checkNode(item);
            }
        }
        if (node instanceof MappingNode mapping) {
            Set<String> keys = new HashSet<>();
            for (NodeTuple entry : mapping.getValue()) {
                Node key = entry.getKeyNode();
                if (!(key instanceof ScalarNode scalar)) {
                    throw new Unreadable("a key must be a plain word", key.getStartMark());
                }
                if (!keys.add(scalar.getValue())) {
                    throw new Unreadable("the key '" + scalar.getValue() + "' is there twice", key.getStartMark());
                }
                checkNode(entry.getValueNode());
            }
        }
    }
}
