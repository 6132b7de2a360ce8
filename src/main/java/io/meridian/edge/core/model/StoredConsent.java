package io.meridian.edge.core.model;

/**
 * What a subject told us to remember about consent. Masks are of {@link Purpose#bit()}.
 *
 * @param given purposes agreed to
 * @param explicit purposes agreed to by an explicit statement; a subset of {@code given}
 * @param refused purposes refused, opted out of or objected to; wins over the others
 * @param updatedAt when it was said, epoch milliseconds
 * @param erased true if this is what an erasure left behind: everything refused, until it expires
 */
public record StoredConsent(int given, int explicit, int refused, long updatedAt, boolean erased) {
    /** What an erasure leaves behind. */
    public static StoredConsent tombstone(long erasedAt) {
        return new StoredConsent(0, 0, Purpose.ALL_BITS, erasedAt, true);
    }
}
