package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.YamlNode.Entry;
import io.meridian.edge.adapter.config.YamlNode.Mapping;
import io.meridian.edge.adapter.config.YamlNode.Scalar;
import io.meridian.edge.adapter.config.YamlNode.Sequence;
import io.meridian.edge.adapter.config.YamlNode.Span;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** One YAML 1.2 document to nodes. Depth and number of nodes are bounded before anything is built on them. */
final class YamlParser {
    /** The deepest nesting. */
    static final int MAX_DEPTH = 32;

    /** The most scalars, lists and mappings in one file: some twenty thousand offers. */
    static final int MAX_NODES = 1_000_000;

    /** The longest line, in characters: the library takes time that grows with the square of a line's length. */
    static final int MAX_LINE = 65_536;

    /** The longest key, in characters. */
    private static final int MAX_KEY = 256;

    private final String file;
    private final Problems problems;
    private final int[] source;
    private final Iterator<Event> events;
    private int nodes;

    private YamlParser(String file, String text, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.source = text.codePoints().toArray();
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setUseMarks(true)
                .setCodePointLimit(source.length + 1)
                .build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** The file's content; null, and at least one problem, if it is no YAML we take. An empty file is an empty mapping. */
    static @Nullable YamlNode parse(String file, String text, Problems problems) {
        int tooLong = longLine(text);
        if (tooLong > 0) {
            problems.add(
                    new Where(file, tooLong, 1),
                    "too-large",
                    "the line is longer than " + MAX_LINE + " characters",
                    "break it, or fold a long text with >-");
            return null;
        }
        try {
            return new YamlParser(file, text, problems).document();
        } catch (Refused refused) {
            problems.add(refused.where, "bad-yaml", refused.message, refused.advice);
        } catch (MarkedYamlEngineException syntax) {
            Where where = syntax.getProblemMark()
                    .or(syntax::getContextMark)
                    .map(mark -> at(file, mark))
                    .orElse(Where.file(file));
            String context = syntax.getContext() == null ? "" : syntax.getContext() + ": ";
            problems.add(where, "bad-yaml", "this is not YAML: " + context + syntax.getProblem(), "");
        } catch (ReaderException unprintable) {
            problems.add(
                    atIndex(file, text, unprintable.getPosition()),
                    "bad-yaml",
                    String.format("the character U+%04X cannot stand in YAML", unprintable.getCodePoint()),
                    "write it as an escape in double quotes, or leave it out");
        } catch (YamlEngineException other) {
            problems.add(Where.file(file), "bad-yaml", "this is not YAML: " + other.getMessage(), "");
        }
        return null;
    }

    /** The number of the first line that is too long, from 1; 0 if none is. */
    private static int longLine(String text) {
        int line = 1;
        for (int start = 0; start < text.length(); line++) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            if (end - start > MAX_LINE) {
                return line;
            }
            start = end + 1;
        }
        return 0;
    }

    private @Nullable YamlNode document() {
        events.next(); // the stream's start
        Event event = events.next();
        if (event.getEventId() == Event.ID.StreamEnd) {
            return new Mapping(Where.file(file), List.of());
        }
        YamlNode root = node(events.next(), 1);
        events.next(); // the document's end
        Event after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw new Refused(where(after), "a second document begins here", "write one document per file");
        }
        boolean empty = root instanceof Scalar scalar && scalar.type() == YamlNode.ScalarType.NULL;
        return empty ? new Mapping(Where.file(file), List.of()) : root;
    }

    private YamlNode node(Event event, int depth) {
        Where where = where(event);
        if (++nodes > MAX_NODES) {
            throw new Refused(where, "more than " + MAX_NODES + " values in one file", "split the file");
        }
        if (depth > MAX_DEPTH) {
            throw new Refused(where, "nested more than " + MAX_DEPTH + " deep", "");
        }
        if (event instanceof AliasEvent) {
            throw new Refused(where, "aliases (*name) are not taken", "write the value out");
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            problems.add(where, "not-taken", "anchors (&name) are not taken", "write the value out where it is needed");
        }
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag(), where);
            Span span = new Span(source, index(scalar.getStartMark()), index(scalar.getEndMark()));
            return new Scalar(where, YamlScalars.type(scalar.getValue(), scalar.isPlain()), scalar.getValue(), span);
        }
        if (event instanceof SequenceStartEvent start) {
            refuseTag(start.getTag(), where);
            return sequence(where, depth);
        }
        if (event instanceof MappingStartEvent start) {
            refuseTag(start.getTag(), where);
            return mapping(where, depth);
        }
        throw new Refused(where, "something is missing here", "");
    }

    private Sequence sequence(Where where, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new Sequence(where, items);
    }

    private Mapping mapping(Where where, int depth) {
        List<Entry> entries = new ArrayList<>();
        Map<String, Where> seen = new HashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (!(node(event, depth + 1) instanceof Scalar key) || key.text().length() > MAX_KEY) {
                throw new Refused(where(event), "a key must be a word", "");
            }
            YamlNode value = node(events.next(), depth + 1);
            Where first = seen.putIfAbsent(key.text(), key.where());
            if (first != null) {
                problems.add(
                        key.where(),
                        "duplicate-key",
                        "'" + key.text() + "' is already set in line " + first.line(),
                        "keep one of the two");
            } else {
                entries.add(new Entry(key.text(), key.where(), value));
            }
        }
        return new Mapping(where, entries);
    }

    private void refuseTag(Optional<String> tag, Where where) {
        if (tag.isPresent()) {
            problems.add(
                    where,
                    "not-taken",
                    "tags (" + tag.get() + ") are not taken",
                    "quote text, leave everything else plain");
        }
    }

    private Where where(Event event) {
        return event.getStartMark().map(mark -> at(file, mark)).orElse(Where.file(file));
    }

    private static Where at(String file, Mark mark) {
        return new Where(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private int index(Optional<Mark> mark) {
        return Math.min(source.length, mark.map(Mark::getIndex).orElse(0));
    }

    private static Where atIndex(String file, String text, int codePoints) {
        int line = 1;
        int column = 1;
        int index = 0;
        for (int i = 0; i < codePoints && index < text.length(); i++) {
            int codePoint = text.codePointAt(index);
            index += Character.charCount(codePoint);
            column = codePoint == '\n' ? 1 : column + 1;
            line += codePoint == '\n' ? 1 : 0;
        }
        return new Where(file, line, column);
    }

    /** Ends the reading of this file: what follows cannot be made sense of. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Where where;
        private final String message;
        private final String advice;

        Refused(Where where, String message, String advice) {
            super(message, null, false, false);
            this.where = where;
            this.message = message;
            this.advice = advice;
        }
    }
}
