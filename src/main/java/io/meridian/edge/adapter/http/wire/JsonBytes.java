package io.meridian.edge.adapter.http.wire;

import java.util.Arrays;

/**
 * Writes JSON as UTF-8 into one growing array. Commas come by themselves; whether brackets match is the caller's business.
 *
 * <p>Not for several threads. After {@link #clear()} the array is used again, unless it has grown beyond
 * {@value #KEPT_BYTES} bytes.
 */
public final class JsonBytes {
    /** The largest array that is kept for the next answer. */
    public static final int KEPT_BYTES = 256 * 1024;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int REPLACEMENT = 0xFFFD;

    private final int initial;
    private byte[] bytes;
    private int length;
    private boolean separate;

    /** With room for so many bytes to begin with. */
    public JsonBytes(int initial) {
        this.initial = initial;
        this.bytes = new byte[initial];
    }

    /** Forgets what was written. */
    public void clear() {
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[initial];
        }
        length = 0;
        separate = false;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    public JsonBytes beginObject() {
        return open('{');
    }

    public JsonBytes endObject() {
        return close('}');
    }

    public JsonBytes beginArray() {
        return open('[');
    }

    public JsonBytes endArray() {
        return close(']');
    }

    /** The name of the value that follows. */
    public JsonBytes name(String name) {
        value(name);
        put(':');
        separate = false;
        return this;
    }

    /** A string. An unpaired surrogate becomes U+FFFD. */
    public JsonBytes value(String text) {
        comma();
        ensure(text.length() * 6 + 2);
        bytes[length++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < 0x80) {
                ascii(character);
            } else if (!Character.isSurrogate(character)) {
                encode(character);
            } else if (Character.isHighSurrogate(character)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                encode(Character.toCodePoint(character, text.charAt(++i)));
            } else {
                encode(REPLACEMENT);
            }
        }
        bytes[length++] = '"';
        return this;
    }

    public JsonBytes value(long number) {
        comma();
        plain(Long.toString(number));
        return this;
    }

    /** A finite number; anything else becomes null. */
    public JsonBytes value(double number) {
        comma();
        plain(Double.isFinite(number) ? Double.toString(number) : "null");
        return this;
    }

    public JsonBytes value(boolean truth) {
        comma();
        plain(truth ? "true" : "false");
        return this;
    }

    /** A whole JSON value as it is. */
    public JsonBytes raw(byte[] json) {
        comma();
        ensure(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    private JsonBytes open(char bracket) {
        comma();
        put(bracket);
        separate = false;
        return this;
    }

    private JsonBytes close(char bracket) {
        put(bracket);
        separate = true;
        return this;
    }

    /** Separates from the value before, and remembers that a value is about to be there. */
    private void comma() {
        if (separate) {
            put(',');
        }
        separate = true;
    }

    private void ascii(char character) {
        if (character == '"' || character == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) character;
        } else if (character >= ' ') {
            bytes[length++] = (byte) character;
        } else {
            bytes[length++] = '\\';
            bytes[length++] = 'u';
            bytes[length++] = '0';
            bytes[length++] = '0';
            bytes[length++] = HEX[character >> 4];
            bytes[length++] = HEX[character & 15];
        }
    }

    private void encode(int codePoint) {
        if (codePoint < 0x800) {
            bytes[length++] = (byte) (0xC0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                bytes[length++] = (byte) (0xE0 | (codePoint >> 12));
            } else {
                bytes[length++] = (byte) (0xF0 | (codePoint >> 18));
                bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
            }
            bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        }
        bytes[length++] = (byte) (0x80 | (codePoint & 0x3F));
    }

    private void plain(String ascii) {
        ensure(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
    }

    private void put(char character) {
        ensure(1);
        bytes[length++] = (byte) character;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
