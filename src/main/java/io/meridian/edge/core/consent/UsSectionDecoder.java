package io.meridian.edge.core.consent;

/**
 * Reads one US section of a GPP string: the core segment and the GPC segment.
 *
 * <p>Of the two-bit fields 0 is "not applicable", 3 does not exist. A permission counts only if no choice in the
 * section was refused and the notice of that choice was given.
 */
final class UsSectionDecoder {
    private static final int REFUSED = 1;
    private static final int PERMITTED = 2;
    private static final int NO_NOTICE = 2;
    private static final int MEMBERSHIP_FIELDS = 3;
    private static final int SEGMENT_TYPE_GPC = 1;

    private UsSectionDecoder() {}

    /**
     * @param from index of the section's first character
     * @param to index after its last character
     * @param inForce true if the section's permissions count
     */
    static void decode(
            UsSection section, String text, int from, int to, boolean inForce, Bits bits, SignalCollector collector) {
        int dot = text.indexOf('.', from);
        int coreEnd = dot >= 0 && dot < to ? dot : to;
        for (int index = from; index < to; index++) {
            if (index != coreEnd && !Bits.isAlphabet(text.charAt(index))) {
                collector.problem(SignalProblem.GPP_SECTION_MALFORMED);
                return;
            }
        }
        if (coreEnd < to && !decodeGpc(text, coreEnd + 1, to, bits, collector)
                || !decodeCore(section, text, from, coreEnd, inForce, bits, collector)) {
            collector.problem(SignalProblem.GPP_SECTION_MALFORMED);
        }
    }

    private static boolean decodeGpc(String text, int from, int to, Bits bits, SignalCollector collector) {
        bits.open(text, from, to);
        if (bits.readInt(2) != SEGMENT_TYPE_GPC) {
            return false;
        }
        if (bits.readFlag()) {
            collector.globalPrivacyControl();
        }
        return !bits.overrun();
    }

    private static boolean decodeCore(
            UsSection section, String text, int from, int to, boolean inForce, Bits bits, SignalCollector collector) {
        bits.open(text, from, to);
        int version = bits.readInt(6);
        if (version != 1 && (version != 2 || section != UsSection.USNAT)) {
            return false;
        }
        int sensitiveCount = section.sensitiveCount;
        int childCount = section.childCount;
        if (section == UsSection.USNAT && version == 1 && !isExtended(text, from, to, bits)) {
            sensitiveCount = 12;
            childCount = 2;
        }
        int sensitiveEnd = section.sensitive + 2 * sensitiveCount;
        int childEnd = sensitiveEnd + 2 * childCount;
        if (childEnd + 2 * (section.furtherCount + MEMBERSHIP_FIELDS) > (to - from) * 6) {
            return false;
        }
        Fields fields = new Fields(text, from, bits);
        int sale = fields.at(section.sale);
        int sharing = fields.at(section.sharing);
        int advertising = fields.at(section.advertising);
        int sensitive = fields.strictest(section.sensitive, sensitiveEnd);
        int childProcessingEnd = Math.min(childEnd, sensitiveEnd + 2 * section.childProcessingCount);
        int child = fields.strictest(sensitiveEnd, childProcessingEnd);
        int childAdvertising = fields.strictest(childProcessingEnd, childEnd);
        boolean noticed = fields.at(section.saleNotice) != NO_NOTICE
                && fields.at(section.sharingNotice) != NO_NOTICE
                && fields.at(section.advertisingNotice) != NO_NOTICE;
        if (fields.invalid) {
            return false;
        }
        boolean optedOut =
                sale == REFUSED || sharing == REFUSED || advertising == REFUSED || childAdvertising == REFUSED;
        boolean permitted = sale == PERMITTED || sharing == PERMITTED || advertising == PERMITTED;
        collector.unitedStates(optedOut, inForce && noticed && permitted && !optedOut && child != REFUSED);
        if (child == REFUSED) {
            collector.childWithoutConsent();
        }
        // A known child's data is sensitive data in these laws.
        if (sensitive == REFUSED || child == REFUSED || childAdvertising == REFUSED) {
            collector.sensitive(SensitiveStatement.REFUSED);
        } else if (inForce && sensitive == PERMITTED) {
            collector.sensitive(
                    section.sensitiveOptOut ? SensitiveStatement.NOT_OPTED_OUT : SensitiveStatement.CONSENTED);
        }
        return true;
    }

    /**
     * Version 2 of the national section widened two lists (12 to 16 and 2 to 3 fields), and a common encoder writes the
     * wide form under version 1. The first field of the Multi-State Privacy Agreement is never 0 and stands where
     * the narrow form has only padding, so it tells them apart.
     */
    private static boolean isExtended(String text, int from, int to, Bits bits) {
        if ((to - from) * 6 < 70) {
            return false;
        }
        bits.open(text, from, to);
        bits.skip(64);
        return bits.readInt(2) != 0;
    }

    /** The two-bit fields of one core segment. */
    private static final class Fields {
        private final String text;
        private final int from;
        private final Bits bits;
        private boolean invalid;

        Fields(String text, int from, Bits bits) {
            this.text = text;
            this.from = from;
            this.bits = bits;
        }

        /** The field at a bit offset; 0 for offset 0, which says that the section has no such field. */
        int at(int offset) {
            if (offset == 0) {
                return 0;
            }
            int first = from + offset / 6;
            bits.open(text, first, first + 1);
            bits.skip(offset % 6);
            int value = bits.readInt(2);
            invalid |= value == 3;
            return value;
        }

        /** 1 if one of the fields is 1, else 2 if one is 2, else 0. */
        int strictest(int start, int end) {
            int strictest = 0;
            for (int offset = start; offset < end; offset += 2) {
                int value = at(offset);
                if (value == REFUSED || strictest == 0) {
                    strictest = value;
                }
            }
            return strictest;
        }
    }
}
