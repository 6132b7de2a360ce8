package io.meridian.edge.benchmark;

/** Looks into answers without making text of them. */
final class Bytes {
    private Bytes() {}

    /** Where it begins, -1 if nowhere. */
    static int indexOf(byte[] in, byte[] what) {
        for (int at = 0; at + what.length <= in.length; at++) {
            int same = 0;
            while (same < what.length && in[at + same] == what[same]) {
                same++;
            }
            if (same == what.length) {
                return at;
            }
        }
        return -1;
    }
}
