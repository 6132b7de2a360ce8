package io.meridian.edge.core.consent;

/**
 * As whom we read a TC string.
 *
 * <p>A brand that decides on its own content is usually no listed vendor: it reads the publisher segment, which
 * speaks of the publisher's own processing. A company listed in the Global Vendor List reads the vendor's part.
 *
 * @param vendorId the id in the Global Vendor List, 1 to 65535; 0 stands for the publisher
 */
public record TcfBasis(int vendorId) {
    private static final TcfBasis PUBLISHER = new TcfBasis(0);

    public TcfBasis {
        if (vendorId < 0 || vendorId > 0xFFFF) {
            throw new IllegalArgumentException("vendor id " + vendorId + " is not within 1 to 65535");
        }
    }

    /** The publisher segment: {@code PubPurposesConsent} and {@code PubPurposesLITransparency}. */
    public static TcfBasis publisher() {
        return PUBLISHER;
    }

    /** A listed vendor. Throws if the id is not within 1 to 65535. */
    public static TcfBasis vendor(int id) {
        if (id == 0) {
            throw new IllegalArgumentException("vendor id 0 does not exist");
        }
        return new TcfBasis(id);
    }

    /** True if the publisher segment is read. */
    public boolean isPublisher() {
        return vendorId == 0;
    }
}
