package io.meridian.edge.core.eligibility;

/** How two values lie to each other, as one bit, so that a relation is a mask and a comparison one test. */
final class Order {
    static final int LESS = 0b0001;
    static final int EQUAL = 0b0010;
    static final int GREATER = 0b0100;
    /** One of them is not a number: then only {@code !=} holds (CEL follows IEEE 754). */
    static final int UNORDERED = 0b1000;

    private Order() {}

    static int of(long left, long right) {
        return left < right ? LESS : left == right ? EQUAL : GREATER;
    }

    static int of(double left, double right) {
        if (left < right) {
            return LESS;
        }
        if (left == right) {
            return EQUAL;
        }
        return left > right ? GREATER : UNORDERED;
    }

    static int of(boolean left, boolean right) {
        return left == right ? EQUAL : right ? LESS : GREATER;
    }

    /** By code point, as CEL defines it; {@link String#compareTo} goes by UTF-16 unit and differs beyond the BMP. */
    static int of(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return surrogatesLast(a) < surrogatesLast(b) ? LESS : GREATER;
            }
        }
        return of(left.length(), (long) right.length());
    }

    private static int surrogatesLast(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
