package io.meridian.edge.adapter.http.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document, front to back, and takes nothing that was not asked for. Every departure is a
 * {@link ProblemException} that says where it is, and never what the value was.
 *
 * <p>Names of fields are told only if they are short and plain, because a careless caller may have made a name out of a value.
 */
public final class StrictJson implements AutoCloseable {
    /** How deep a document may be nested. */
    public static final int MAX_DEPTH = 32;

    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_TOLD_NAME_LENGTH = 64;

    // Names are not interned: callers choose them, and the JVM's table of interned strings is for ever.
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build();

    private final JsonParser parser;

    private StrictJson(JsonParser parser) {
        this.parser = parser;
    }

    /** At the first value of a document. */
    public static StrictJson open(byte[] body) {
        try {
            StrictJson json = new StrictJson(FACTORY.createParser(body));
            if (json.advance() == null) {
                throw new ProblemException(Problem.at(ProblemType.MALFORMED_JSON, "", "the body is empty"));
            }
            return json;
        } catch (IOException e) {
            throw new ProblemException(Problem.at(ProblemType.MALFORMED_JSON, "", "the body cannot be read"));
        }
    }

    /** Checks that the document ends here. */
    public void end() {
        if (advance() != null) {
            throw new ProblemException(
                    Problem.at(ProblemType.MALFORMED_JSON, "", "something follows after the document's end"));
        }
    }

    /** Gives the parser's buffers back. */
    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Checks that an object begins here. */
    public void beginObject() {
        expect(JsonToken.START_OBJECT, "an object");
    }

    /** Checks that an array begins here. */
    public void beginArray() {
        expect(JsonToken.START_ARRAY, "an array");
    }

    /** True if an array begins here. */
    public boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    /** The next field's name, with its value as the place to read from; null at the end of the object. */
    public @Nullable String nextField() {
        if (advance() == JsonToken.END_OBJECT) {
            return null;
        }
        String name = name();
        advance();
        return name;
    }

    /** Moves to the next element; false at the end of the array. */
    public boolean nextElement() {
        return advance() != JsonToken.END_ARRAY;
    }

    /** A string of 1 to so many characters. */
    public String text(int max) {
        expect(JsonToken.VALUE_STRING, "a string");
        try {
            String text = parser.getText();
            if (text.isEmpty() || text.length() > max) {
                throw outOfBounds("must have 1 to " + max + " characters");
            }
            return text;
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    public boolean bool() {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw wrongType("true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /** A whole number within bounds. */
    public int integer(int min, int max) {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        try {
            if (parser.getNumberType() == JsonParser.NumberType.INT) {
                int value = parser.getIntValue();
                if (value >= min && value <= max) {
                    return value;
                }
            }
            throw outOfBounds("must be " + min + " to " + max);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** True if null stands here. */
    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /** True if a string without characters stands here. */
    public boolean isEmptyText() {
        try {
            return parser.currentToken() == JsonToken.VALUE_STRING && parser.getTextLength() == 0;
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /**
     * An attribute's value: {@code String}, {@code Boolean}, {@code Long}, {@code Double} or {@code List<String>}.
     *
     * @param maxText the most characters of a string
     * @param maxElements the most elements of a list
     */
    public Object attribute(int maxText, int maxElements) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return text(maxText);
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return bool();
        }
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return number(token);
        }
        if (token != JsonToken.START_ARRAY) {
            throw wrongType("a string, a number, true, false or an array of strings");
        }
        return texts(maxText, maxElements);
    }

    /** An array of strings. */
    public List<String> texts(int maxText, int maxElements) {
        beginArray();
        List<String> texts = new ArrayList<>();
        while (nextElement()) {
            if (texts.size() == maxElements) {
                throw outOfBounds("at most " + maxElements + " elements");
            }
            texts.add(text(maxText));
        }
        return texts;
    }

    /** Passes over the value here, whatever it is. */
    public void skip() {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** How deep whatever holds the value here is nested; for {@link #skipTo}. */
    public int depth() {
        return isOpened() ? nesting() - 1 : nesting();
    }

    /** Leaves everything that is nested deeper than so. */
    public void skipTo(int depth) {
        while (nesting() > depth) {
            advance();
        }
    }

    /** The field read last is not known here. */
    public ProblemException unknownField(String known) {
        String name = name();
        String told = isPlain(name) ? "\"" + name + "\"" : "a field";
        return problem(ProblemType.UNKNOWN_FIELD, told + " is not known here; known are " + known);
    }

    /** A field is missing in the object that was just read. */
    public ProblemException missing(String pointer, String name) {
        return new ProblemException(Problem.at(ProblemType.MISSING_FIELD, pointer, "\"" + name + "\" is missing"));
    }

    public ProblemException outOfBounds(String detail) {
        return problem(ProblemType.OUT_OF_BOUNDS, detail);
    }

    public ProblemException invalid(String detail) {
        return problem(ProblemType.INVALID_VALUE, detail);
    }

    /** A problem at the place to read from. */
    public ProblemException problem(ProblemType type, String detail) {
        return new ProblemException(Problem.at(type, pointer(), detail));
    }

    /** Where the place to read from is, as a JSON pointer; ends before a name that is not plain. */
    public String pointer() {
        JsonStreamContext context = parser.getParsingContext();
        StringBuilder pointer = new StringBuilder();
        append(isOpened() ? context.getParent() : context, pointer);
        return pointer.toString();
    }

    /** False if this name should not be told. */
    static boolean isPlain(String name) {
        if (name.isEmpty() || name.length() > MAX_TOLD_NAME_LENGTH) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isPlain(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** True for the characters that names are made of: what has another may be a value, and is not told. */
    public static boolean isPlain(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '_'
                || character == '-'
                || character == '.';
    }

    /** False as soon as a name is not plain: nothing below it is told. */
    private static boolean append(@Nullable JsonStreamContext context, StringBuilder pointer) {
        if (context == null || context.inRoot()) {
            return true;
        }
        if (!append(context.getParent(), pointer)) {
            return false;
        }
        if (context.inArray()) {
            pointer.append('/').append(context.getCurrentIndex());
            return true;
        }
        String name = context.getCurrentName();
        if (name == null || !isPlain(name)) {
            return false;
        }
        pointer.append('/').append(name);
        return true;
    }

    private int nesting() {
        return parser.getParsingContext().getNestingDepth();
    }

    /** True if the value here is an object or array of which nothing has been read. */
    private boolean isOpened() {
        return parser.currentToken() == JsonToken.START_OBJECT || parser.currentToken() == JsonToken.START_ARRAY;
    }

    private Object number(JsonToken token) {
        try {
            if (token == JsonToken.VALUE_NUMBER_INT) {
                if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    throw outOfBounds("a whole number must fit into 64 bits");
                }
                return parser.getLongValue();
            }
            double value = parser.getDoubleValue();
            if (!Double.isFinite(value)) {
                throw outOfBounds("a number must fit into a double");
            }
            return value;
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private String name() {
        try {
            return parser.currentName();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private void expect(JsonToken token, String what) {
        if (parser.currentToken() != token) {
            throw wrongType(what);
        }
    }

    private ProblemException wrongType(String what) {
        return problem(ProblemType.WRONG_TYPE, "must be " + what);
    }

    private @Nullable JsonToken advance() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private ProblemException malformed(IOException cause) {
        if (cause instanceof StreamConstraintsException) {
            return nesting() > MAX_DEPTH
                    ? new ProblemException(
                            Problem.at(ProblemType.TOO_DEEP, "", "at most " + MAX_DEPTH + " levels are allowed"))
                    : problem(ProblemType.OUT_OF_BOUNDS, "a name or a number is too long");
        }
        if (cause instanceof JsonParseException && isDuplicate(cause)) {
            return problem(ProblemType.DUPLICATE_KEY, "the field is there twice");
        }
        long offset = parser.currentLocation().getByteOffset();
        return new ProblemException(Problem.at(
                ProblemType.MALFORMED_JSON, "", "the body is not well-formed JSON around byte " + Math.max(0, offset)));
    }

    /** The library has no type for this; a test holds it to its words. */
    private static boolean isDuplicate(IOException cause) {
        String message = cause.getMessage();
        return message != null && message.startsWith("Duplicate field");
    }
}
