package io.meridian.edge.core.experiment;

/**
 * Deterministic buckets: FNV-1a (64 bit) over salt and key, finished with SplittableRandom's mixer so that all bits count, then reduced
 * by multiplication. Independent salts give independent draws.
 */
public final class Bucketing {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Bucketing() {}

    /**
     * The bucket of a key.
     *
     * @param salt names the draw, for example an offer's id
     * @param key names who draws
     * @param buckets how many there are, 1 or more
     * @return 0 (inclusive) to {@code buckets} (exclusive), uniform over keys
     */
    public static int bucket(String salt, String key, int buckets) {
        long hash = add(add(FNV_OFFSET, salt) * FNV_PRIME, key);
        long mixed = mix(hash);
        return (int) (((mixed >>> 32) * buckets) >>> 32);
    }

    private static long add(long hash, String text) {
        long sum = hash;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            sum = (sum ^ (c & 0xff)) * FNV_PRIME;
            sum = (sum ^ (c >>> 8)) * FNV_PRIME;
        }
        return sum;
    }

    /** Stafford's variant 13 of MurmurHash3's finaliser. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
