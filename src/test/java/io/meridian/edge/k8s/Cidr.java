package io.meridian.edge.k8s;

/**
 * A block of IPv4 addresses.
 *
 * @param first the first address
 * @param bits how many leading bits are the same in all, 0 to 32
 */
record Cidr(long first, int bits) {
    /** Throws {@link IllegalArgumentException} if the text is none, or has bits set behind the prefix. */
    static Cidr of(String text) {
        if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}")) {
            throw new IllegalArgumentException("'" + text + "' is no block of IPv4 addresses such as 10.64.8.0/28");
        }
        int slash = text.indexOf('/');
        long address = 0;
        for (String part : text.substring(0, slash).split("\\.")) {
            int octet = Integer.parseInt(part);
            if (octet > 255) {
                throw new IllegalArgumentException("'" + text + "': " + octet + " is more than 255");
            }
            address = address << 8 | octet;
        }
        int bits = Integer.parseInt(text.substring(slash + 1));
        if (bits > 32 || (address & (size(bits) - 1)) != 0) {
            throw new IllegalArgumentException("'" + text + "' does not begin where such a block begins");
        }
        return new Cidr(address, bits);
    }

    boolean contains(Cidr other) {
        return bits <= other.bits && overlaps(other);
    }

    boolean overlaps(Cidr other) {
        long size = size(Math.min(bits, other.bits));
        return first / size == other.first / size;
    }

    private static long size(int bits) {
        return 1L << 32 - bits;
    }
}
