package io.meridian.edge.core.consent;

import io.meridian.edge.core.model.SignalFramework;

/**
 * Reads a GPP string: a header that lists section ids, and the sections it lists, in that order.
 *
 * <p>Source: IAB Tech Lab, Global Privacy Platform, "Consent String Specification". A section counts in full if the
 * caller named it as in force, or named none. A section not in force can still refuse, because the person's refusal
 * does not depend on what a caller thinks applies, but grants nothing. A header of no sections says nothing.
 */
final class GppDecoder {
    /** The longest GPP string that is read, in characters. A TC string is most of any real one. */
    static final int MAX_LENGTH = 4096;

    /** The most sections a header may list, and the most a caller may name as in force. */
    static final int MAX_SECTIONS = 32;

    private static final int SECTION_TCF_EU = 2;
    private static final int SECTION_US_PRIVACY = 6;
    private static final int HEADER_TYPE = 3;
    private static final int HEADER_VERSION = 1;

    private final String text;
    private final int[] sectionsInForce;
    private final TcfBasis basis;
    private final long now;
    private final Bits header = new Bits();
    private final Bits bits = new Bits();
    private final SignalCollector collector;
    private int next;
    private long seen;

    private GppDecoder(String text, int[] sectionsInForce, TcfBasis basis, long now, SignalCollector collector) {
        this.text = text;
        this.sectionsInForce = sectionsInForce;
        this.basis = basis;
        this.now = now;
        this.collector = collector;
    }

    /**
     * Reads the string; its problems are told to the collector as well. Returns the ids of the sections present, up
     * to 63, as bits.
     */
    static long decode(String text, int[] sectionsInForce, TcfBasis basis, long now, SignalCollector collector) {
        collector.spoke(SignalFramework.GPP);
        if (text.length() > MAX_LENGTH) {
            collector.problem(SignalProblem.GPP_TOO_LONG);
            return 0;
        }
        GppDecoder decoder = new GppDecoder(text, sectionsInForce, basis, now, collector);
        if (!decoder.decode()) {
            collector.problem(SignalProblem.GPP_MALFORMED);
        }
        return decoder.seen;
    }

    private boolean decode() {
        int headerEnd = endOfPart(0);
        for (int index = 0; index < headerEnd; index++) {
            if (!Bits.isAlphabet(text.charAt(index))) {
                return false;
            }
        }
        header.open(text, 0, headerEnd);
        if (header.readInt(6) != HEADER_TYPE || header.readInt(6) != HEADER_VERSION) {
            return false;
        }
        int entries = header.readInt(12);
        if (header.overrun() || entries > MAX_SECTIONS) {
            return false;
        }
        next = headerEnd;
        int id = 0;
        int sections = 0;
        for (int entry = 0; entry < entries; entry++) {
            boolean group = header.readFlag();
            int first = header.readFibonacci();
            int length = group ? header.readFibonacci() : 1;
            if (first == 0 || length == 0) {
                return false;
            }
            // A group's second number is the distance from its first id to its last.
            int count = group ? length + 1 : 1;
            sections += count;
            if (sections > MAX_SECTIONS) {
                return false;
            }
            id += first;
            for (int member = 0; member < count; member++) {
                if (!decodeNext(id + member)) {
                    return false;
                }
            }
            id += count - 1;
        }
        return next == text.length();
    }

    /** Reads the next section; false if there is none. */
    private boolean decodeNext(int id) {
        if (next >= text.length()) {
            return false;
        }
        int from = next + 1;
        int to = endOfPart(from);
        next = to;
        if (id < 64) {
            seen |= 1L << id;
        }
        boolean inForce = isInForce(id);
        UsSection section = UsSection.ofId(id);
        if (section != null) {
            UsSectionDecoder.decode(section, text, from, to, inForce, bits, collector);
        } else if (id == SECTION_TCF_EU) {
            TcfDecoder.decode(text, from, to, basis, now, inForce, bits, collector);
        } else if (id == SECTION_US_PRIVACY) {
            collector.spoke(SignalFramework.US_PRIVACY);
            UsPrivacyDecoder.decode(text, from, to, inForce, collector);
        } else if (inForce) {
            collector.problem(SignalProblem.GPP_SECTION_UNSUPPORTED);
        }
        return true;
    }

    private boolean isInForce(int id) {
        if (sectionsInForce.length == 0) {
            return true;
        }
        for (int index = 0; index < sectionsInForce.length; index++) {
            if (sectionsInForce[index] == id) {
                return true;
            }
        }
        return false;
    }

    private int endOfPart(int from) {
        int tilde = text.indexOf('~', from);
        return tilde < 0 ? text.length() : tilde;
    }

    /**
     * Holds the caller's list of sections in force against what was received: a section in force that nobody sent is an
     * unreadable signal. Ids below 1 are the usual ways to say "none applies".
     *
     * @param seen ids of the sections present, as bits
     */
    static void checkPresence(
            int[] sectionsInForce, long seen, boolean tcf, boolean usPrivacy, SignalCollector collector) {
        if (sectionsInForce.length > MAX_SECTIONS) {
            collector.problem(SignalProblem.GPP_MALFORMED);
            return;
        }
        for (int index = 0; index < sectionsInForce.length; index++) {
            int id = sectionsInForce[index];
            boolean present = id < 1 || id < 64 && (seen & 1L << id) != 0;
            if (present || id == SECTION_TCF_EU && tcf || id == SECTION_US_PRIVACY && usPrivacy) {
                continue;
            }
            if (id == SECTION_TCF_EU) {
                collector.problem(SignalProblem.TCF_MISSING);
            } else if (id == SECTION_US_PRIVACY || UsSection.ofId(id) != null) {
                collector.problem(SignalProblem.GPP_SECTION_MISSING);
            } else {
                collector.problem(SignalProblem.GPP_SECTION_UNSUPPORTED);
            }
        }
    }
}
