package io.meridian.edge.core.consent;

/** Looks for one vendor in a TC string's vendor section, bit field or ranges, without unfolding it. */
final class VendorList {
    /** The section cannot be read. */
    static final int MALFORMED = -1;
    /** The vendor is not in it. */
    static final int ABSENT = 0;
    /** The vendor is in it. */
    static final int PRESENT = 1;

    private VendorList() {}

    /** Reads a section with its highest vendor id and its kind of encoding. Vendor 0 is never present. */
    static int read(Bits bits, int vendorId) {
        int highest = bits.readInt(16);
        boolean ranges = bits.readFlag();
        if (bits.overrun()) {
            return MALFORMED;
        }
        if (ranges) {
            return readRanges(bits, vendorId, highest);
        }
        boolean present = false;
        if (vendorId >= 1 && vendorId <= highest) {
            bits.skip(vendorId - 1);
            present = bits.readFlag();
            bits.skip(highest - vendorId);
        } else {
            bits.skip(highest);
        }
        if (bits.overrun()) {
            return MALFORMED;
        }
        return present ? PRESENT : ABSENT;
    }

    /** Reads a count and that many ranges. Ids above the highest, 0, or a range that runs backwards are malformed. */
    static int readRanges(Bits bits, int vendorId, int highest) {
        int entries = bits.readInt(12);
        boolean present = false;
        for (int entry = 0; entry < entries && !bits.overrun(); entry++) {
            boolean range = bits.readFlag();
            int first = bits.readInt(16);
            int last = range ? bits.readInt(16) : first;
            if (first == 0 || last < first || last > highest) {
                return MALFORMED;
            }
            present |= vendorId >= first && vendorId <= last;
        }
        if (bits.overrun()) {
            return MALFORMED;
        }
        return present ? PRESENT : ABSENT;
    }
}
