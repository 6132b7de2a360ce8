package io.meridian.edge.core.consent;

import io.meridian.edge.core.model.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * The US sections of the GPP as shapes: where in the core segment each choice stands.
 *
 * <p>Source: IAB Tech Lab, Global Privacy Platform, {@code Sections/US-National} and {@code Sections/US-States}. All
 * are a version of six bits and then fields of two bits: notices, opt-outs, sensitive data, known children, further
 * consents, three fields of the Multi-State Privacy Agreement.
 *
 * <p>{@code SensitiveDataProcessing} means two things: 1 is <em>no consent</em> and 2 <em>consent</em> in most
 * sections; 1 is <em>opted out</em> and 2 <em>did not opt out</em> in California, Utah and Iowa, whose laws give a
 * right to opt out.
 *
 * <p>Known children: a first group of fields speaks of any processing of a child's data, the others of sale and
 * targeted advertising only.
 */
enum UsSection {
    // In the national section and in Florida's, every age group's field speaks of processing as such.
    USNAT(7, 8, 10, 12, 18, 20, 22, 24, 16, false, 3, 3, 1),
    USCA(8, 6, 8, 0, 12, 14, 0, 16, 9, true, 2, 0, 1),
    USVA(9, 8, 0, 10, 12, 0, 14, 16, 8, false, 1, 1, 0),
    USCO(10, 8, 0, 10, 12, 0, 14, 16, 7, false, 1, 1, 0),
    USUT(11, 8, 0, 10, 14, 0, 16, 18, 8, true, 1, 1, 0),
    USCT(12, 8, 0, 10, 12, 0, 14, 16, 8, false, 3, 1, 0),
    USFL(13, 8, 0, 10, 12, 0, 14, 16, 8, false, 3, 3, 1),
    USMT(14, 8, 0, 10, 12, 0, 14, 16, 8, false, 3, 1, 1),
    USOR(15, 8, 0, 10, 12, 0, 14, 16, 11, false, 3, 1, 1),
    USTX(16, 8, 0, 10, 12, 0, 14, 16, 8, false, 1, 1, 1),
    USDE(17, 8, 0, 10, 12, 0, 14, 16, 9, false, 5, 1, 1),
    USIA(18, 8, 0, 10, 14, 0, 16, 18, 8, true, 1, 1, 0),
    USNE(19, 8, 0, 10, 12, 0, 14, 16, 8, false, 1, 1, 1),
    USNH(20, 8, 0, 10, 12, 0, 14, 16, 8, false, 3, 1, 1),
    USNJ(21, 8, 0, 10, 12, 0, 14, 16, 10, false, 5, 1, 1),
    USTN(22, 8, 0, 10, 12, 0, 14, 16, 8, false, 1, 1, 1);

    /**
     * What an opt-out of sale, of sharing or of targeted advertising refuses, and Global Privacy Control with it: the
     * advertising purposes that need a profile (TCF 3, 4 and 7). California: Civil Code 1798.120, 1798.135 and 11 CCR
     * 7025; the other states' targeted advertising alike, for example Virginia Code 59.1-577(A)(5). Contextual
     * advertising (TCF 2) stays, as California's "nonpersonalized advertising" (1798.140(e)(4)); measurement of
     * advertising is refused although 1798.140(e)(1) would leave room, because measurement on a profile hands it to
     * others in practice. First-party content is neither sale, nor sharing, nor targeted advertising, and is not
     * refused.
     */
    static final int OPT_OUT_BITS =
            Purpose.BUILD_AD_PROFILE.bit() | Purpose.SELECT_ADS.bit() | Purpose.MEASURE_ADS.bit();

    /**
     * What a known child without consent refuses: everything that uses the person's data. Only the two purposes
     * that go by the context alone remain.
     */
    static final int PERSONAL_BITS = Purpose.ALL_BITS & ~(Purpose.CONTEXTUAL.bit() | Purpose.CONTEXTUAL_ADS.bit());

    private static final UsSection[] ALL = values();

    /** The section's number in the GPP header. */
    final int id;
    /** Bit offsets of the notices of the opt-outs; 0 if there is none. */
    final int saleNotice;

    final int sharingNotice;
    final int advertisingNotice;
    /** Bit offsets of the opt-outs; 0 if there is none. */
    final int sale;

    final int sharing;
    final int advertising;
    /** Bit offset of the sensitive data fields, and how many there are. */
    final int sensitive;

    final int sensitiveCount;
    /** True if 1 in a sensitive data field is an opt-out, false if it is missing consent. */
    final boolean sensitiveOptOut;
    /** How many known child fields follow, and how many of them speak of any processing. */
    final int childCount;

    final int childProcessingCount;
    /** How many further consents follow before the three fields of the Multi-State Privacy Agreement. */
    final int furtherCount;

    UsSection(
            int id,
            int saleNotice,
            int sharingNotice,
            int advertisingNotice,
            int sale,
            int sharing,
            int advertising,
            int sensitive,
            int sensitiveCount,
            boolean sensitiveOptOut,
            int childCount,
            int childProcessingCount,
            int furtherCount) {
        this.id = id;
        this.saleNotice = saleNotice;
        this.sharingNotice = sharingNotice;
        this.advertisingNotice = advertisingNotice;
        this.sale = sale;
        this.sharing = sharing;
        this.advertising = advertising;
        this.sensitive = sensitive;
        this.sensitiveCount = sensitiveCount;
        this.sensitiveOptOut = sensitiveOptOut;
        this.childCount = childCount;
        this.childProcessingCount = childProcessingCount;
        this.furtherCount = furtherCount;
    }

    /** The section with this number; null if it is none of ours. */
    static @Nullable UsSection ofId(int id) {
        int index = id - USNAT.id;
        return index >= 0 && index < ALL.length ? ALL[index] : null;
    }
}
