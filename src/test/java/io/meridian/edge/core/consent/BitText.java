package io.meridian.edge.core.consent;

/** Writes bits, most significant first, and gives them as base64url text: what {@link Bits} reads. */
final class BitText {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final StringBuilder bits = new StringBuilder();

    BitText put(long value, int width) {
        for (int bit = width - 1; bit >= 0; bit--) {
            bits.append(value >>> bit & 1);
        }
        return this;
    }

    /** Purposes as the 24 bits of a TC string, purpose 1 first. */
    BitText putPurposes(int mask) {
        return put(Integer.reverse(mask) >>> 8, 24);
    }

    BitText putFibonacci(int value) {
        int[] numbers = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597};
        char[] code = new char[numbers.length + 1];
        java.util.Arrays.fill(code, '0');
        int highest = -1;
        int rest = value;
        for (int index = numbers.length - 1; index >= 0; index--) {
            if (numbers[index] <= rest) {
                rest -= numbers[index];
                code[index] = '1';
                highest = Math.max(highest, index);
            }
        }
        code[highest + 1] = '1';
        bits.append(code, 0, highest + 2);
        return this;
    }

    int length() {
        return bits.length();
    }

    String text() {
        StringBuilder padded = new StringBuilder(bits);
        while (padded.length() % 6 != 0) {
            padded.append('0');
        }
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < padded.length(); index += 6) {
            text.append(ALPHABET.charAt(Integer.parseInt(padded.substring(index, index + 6), 2)));
        }
        return text.toString();
    }
}
