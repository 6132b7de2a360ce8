package io.meridian.edge.adapter.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as MessagePack, in the shortest form there is, into memory of its own that it uses again. Confined to one thread.
 *
 * <p>Only what profiles hold. The general library's packer costs more to set up than all the packing, which shows in a bulk load.
 */
final class ValueWriter {
    private static final long EXACT_IN_DOUBLE = 1L << 53;

    private byte[] buffer;
    private int length;

    /** @param expected how many bytes it begins with; it grows when needed */
    ValueWriter(int expected) {
        buffer = new byte[Math.max(16, expected)];
    }

    /** Forgets what was written. */
    void reset() {
        length = 0;
    }

    /** What was written since {@link #reset}. */
    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    /** A list of so many values follows. */
    void arrayHeader(int count) {
        room(5);
        if (count < 16) {
            buffer[length++] = (byte) (0x90 | count);
        } else if (count < 1 << 16) {
            head(0xDC, count, 2);
        } else {
            head(0xDD, count, 4);
        }
    }

    /** One of {@code null, Boolean, Integer, Long, Float, Double, String, List<String>}. */
    void value(@Nullable Object value) {
        if (value == null) {
            room(1);
            buffer[length++] = (byte) 0xC0;
        } else if (value instanceof String string) {
            string(string);
        } else if (value instanceof Boolean bool) {
            room(1);
            buffer[length++] = (byte) (bool ? 0xC3 : 0xC2);
        } else if (value instanceof Long || value instanceof Integer) {
            whole(((Number) value).longValue());
        } else if (value instanceof Number number) {
            real(number.doubleValue());
        } else if (value instanceof List<?> list) {
            arrayHeader(list.size());
            for (int i = 0; i < list.size(); i++) {
                string((String) list.get(i));
            }
        } else {
            throw new IllegalArgumentException("values are checked before they are stored");
        }
    }

    /** A whole number. */
    void whole(long value) {
        room(9);
        if (value >= -32 && value < 128) {
            buffer[length++] = (byte) value;
        } else if (value >= 0) {
            int bytes = value < 1 << 8 ? 1 : value < 1 << 16 ? 2 : value < 1L << 32 ? 4 : 8;
            head(bytes == 1 ? 0xCC : bytes == 2 ? 0xCD : bytes == 4 ? 0xCE : 0xCF, value, bytes);
        } else {
            int bytes = value >= Byte.MIN_VALUE ? 1 : value >= Short.MIN_VALUE ? 2 : value >= Integer.MIN_VALUE ? 4 : 8;
            head(bytes == 1 ? 0xD0 : bytes == 2 ? 0xD1 : bytes == 4 ? 0xD2 : 0xD3, value, bytes);
        }
    }

    /** Whole numbers are shorter than doubles; readers take either for a double. */
    private void real(double value) {
        boolean whole = value == StrictMath.rint(value) && Math.abs(value) <= EXACT_IN_DOUBLE;
        if (whole && Double.doubleToRawLongBits(value) != Double.doubleToRawLongBits(-0.0)) {
            whole((long) value);
        } else {
            room(9);
            head(0xCB, Double.doubleToRawLongBits(value), 8);
        }
    }

    private void string(String string) {
        int characters = string.length();
        room(characters + 1);
        if (characters < 32) {
            // Nearly all strings are short and ASCII; then the length is known before the bytes are.
            int at = length + 1;
            int i = 0;
            for (; i < characters && string.charAt(i) < 0x80; i++) {
                buffer[at + i] = (byte) string.charAt(i);
            }
            if (i == characters) {
                buffer[length] = (byte) (0xA0 | characters);
                length = at + characters;
                return;
            }
        }
        byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
        room(utf8.length + 5);
        if (utf8.length < 32) {
            buffer[length++] = (byte) (0xA0 | utf8.length);
        } else if (utf8.length < 1 << 8) {
            head(0xD9, utf8.length, 1);
        } else if (utf8.length < 1 << 16) {
            head(0xDA, utf8.length, 2);
        } else {
            head(0xDB, utf8.length, 4);
        }
        System.arraycopy(utf8, 0, buffer, length, utf8.length);
        length += utf8.length;
    }

    private void head(int format, long value, int bytes) {
        buffer[length++] = (byte) format;
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            buffer[length++] = (byte) (value >> shift);
        }
    }

    private void room(int bytes) {
        if (buffer.length - length < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
        }
    }
}
