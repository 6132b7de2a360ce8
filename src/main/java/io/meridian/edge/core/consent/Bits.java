package io.meridian.edge.core.consent;

/**
 * Reads bits, most significant first, straight from base64url text: six bits a character, nothing is copied.
 *
 * <p>Reading past the end gives zeros and sets {@link #overrun()}; it never throws. A loop over entries therefore
 * asks for the overrun in its condition and is bounded by the text, not by the count the text claims.
 */
final class Bits {
    private static final byte[] VALUES = values();

    private String text = "";
    private int position;
    private int end;
    private boolean overrun;
    private int steps;

    /**
     * Starts reading at a piece of a text whose every character {@link #isAlphabet} accepts.
     *
     * @param from index of the first character
     * @param to index after the last character
     */
    void open(String source, int from, int to) {
        text = source;
        position = from * 6;
        end = to * 6;
        overrun = false;
    }

    /** True if the character belongs to the alphabet of RFC 4648, section 5, without padding. */
    static boolean isAlphabet(char character) {
        return character < 128 && VALUES[character] >= 0;
    }

    /** The next bits as an unsigned number; 0 if there are not that many left. At most 36. */
    long read(int count) {
        steps++;
        if (count > end - position) {
            overrun = true;
            position = end;
            return 0;
        }
        long value = 0;
        int left = count;
        while (left > 0) {
            int offset = position % 6;
            int taken = Math.min(6 - offset, left);
            int character = VALUES[text.charAt(position / 6)];
            value = value << taken | character >> 6 - offset - taken & (1 << taken) - 1;
            position += taken;
            left -= taken;
        }
        return value;
    }

    /** {@link #read} for up to 31 bits. */
    int readInt(int count) {
        return (int) read(count);
    }

    /** The next bit; false if there is none left. */
    boolean readFlag() {
        return read(1) == 1;
    }

    /** Passes over bits. */
    void skip(int count) {
        steps++;
        if (count > end - position) {
            overrun = true;
            position = end;
        } else {
            position += count;
        }
    }

    /**
     * The next number in Fibonacci coding (GPP Consent String Specification, "About Fibonacci Encoding"): 1 or more;
     * 0 if it does not end within 24 bits, which is far above every section id there is.
     */
    int readFibonacci() {
        int value = 0;
        int current = 1;
        int next = 2;
        boolean last = false;
        for (int place = 0; place < 24; place++) {
            boolean bit = readFlag();
            if (overrun) {
                return 0;
            }
            if (bit && last) {
                return value;
            }
            if (bit) {
                value += current;
            }
            last = bit;
            int sum = current + next;
            current = next;
            next = sum;
        }
        return 0;
    }

    /** True once something was read that is not there. */
    boolean overrun() {
        return overrun;
    }

    /** How many reads were made since this reader was created: what its users' bounds are tested with. */
    int steps() {
        return steps;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        java.util.Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int value = 0; value < alphabet.length(); value++) {
            values[alphabet.charAt(value)] = (byte) value;
        }
        return values;
    }
}
