package io.meridian.edge.adapter.http.wire;

import io.meridian.edge.core.model.ConsentInput;
import io.meridian.edge.core.model.SubjectId;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The parts of a request that several doors read alike, with their bounds. */
public final class RequestFields {
    /** The longest string other than a consent string. */
    public static final int MAX_TEXT = 256;

    /** The longest id of something in a bundle. */
    public static final int MAX_ID = 64;

    /** Consent strings are bounded by their decoders, which refuse what is too long; here the body's limit is enough. */
    public static final int MAX_CONSENT_TEXT = 64 * 1024;

    /** The longest BCP 47 tag one should expect (RFC 5646, section 4.4.1). */
    public static final int MAX_LOCALE = 35;

    private static final int MAX_GPP_SECTIONS = 32;
    private static final int MAX_GPP_SECTION_ID = 65_535;
    private static final int[] NO_SECTIONS = new int[0];

    private RequestFields() {}

    /** {@code {"ns": …, "id": …}}. */
    public static SubjectId subject(StrictJson json) {
        json.beginObject();
        String namespace = null;
        String id = null;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "ns" -> namespace = json.text(SubjectId.MAX_LENGTH);
                case "id" -> id = json.text(SubjectId.MAX_LENGTH);
                default -> throw json.unknownField("ns, id");
            }
        }
        if (namespace == null) {
            throw json.missing(json.pointer(), "ns");
        }
        if (id == null) {
            throw json.missing(json.pointer(), "id");
        }
        return new SubjectId(namespace, id);
    }

    /** The live privacy signals. */
    public static ConsentInput consent(StrictJson json) {
        json.beginObject();
        Boolean gdpr = null;
        String tcf = null;
        String gpp = null;
        int[] gppSections = NO_SECTIONS;
        boolean gpc = false;
        String usPrivacy = null;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "gdpr" -> gdpr = json.bool();
                case "tcf" -> tcf = json.text(MAX_CONSENT_TEXT);
                case "gpp" -> gpp = json.text(MAX_CONSENT_TEXT);
                case "gppSid" -> gppSections = gppSections(json);
                case "gpc" -> gpc = json.bool();
                case "usPrivacy" -> usPrivacy = json.text(MAX_TEXT);
                default -> throw json.unknownField("gdpr, tcf, gpp, gppSid, gpc, usPrivacy");
            }
        }
        return new ConsentInput(gdpr, tcf, gpp, gppSections, gpc, usPrivacy);
    }

    /** Section ids. -1, which says that none applies, is dropped. */
    public static int[] gppSections(StrictJson json) {
        json.beginArray();
        int[] sections = new int[MAX_GPP_SECTIONS];
        int count = 0;
        while (json.nextElement()) {
            if (count == MAX_GPP_SECTIONS) {
                throw json.outOfBounds("at most " + MAX_GPP_SECTIONS + " elements");
            }
            int section = json.integer(-1, MAX_GPP_SECTION_ID);
            if (section > 0) {
                sections[count++] = section;
            }
        }
        return count == 0 ? NO_SECTIONS : Arrays.copyOf(sections, count);
    }

    /** An ISO 3166-1 alpha-2 code in upper case. */
    public static String country(StrictJson json) {
        String country = country(json.text(MAX_TEXT));
        if (country == null) {
            throw json.invalid("a country is two letters (ISO 3166-1 alpha-2)");
        }
        return country;
    }

    /** In upper case if it is two ASCII letters, else null. */
    public static @Nullable String country(String text) {
        return text.length() == 2 && isLetter(text.charAt(0)) && isLetter(text.charAt(1))
                ? text.toUpperCase(Locale.ROOT)
                : null;
    }

    /** The part of an ISO 3166-2 code after the hyphen, in upper case. */
    public static String subdivision(StrictJson json) {
        String subdivision = subdivision(json.text(MAX_TEXT));
        if (subdivision == null) {
            throw json.invalid("a subdivision is one to three letters or digits (ISO 3166-2, after the hyphen)");
        }
        return subdivision;
    }

    /** In upper case if it is one to three ASCII letters or digits, else null. */
    public static @Nullable String subdivision(String text) {
        if (text.isEmpty() || text.length() > 3) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (!isLetter(character) && (character < '0' || character > '9')) {
                return null;
            }
        }
        return text.toUpperCase(Locale.ROOT);
    }

    /** A time in epoch milliseconds. */
    public static long time(StrictJson json) {
        return time(json.text(MAX_TEXT), json);
    }

    /**
     * A time in epoch milliseconds, from elsewhere than the document.
     *
     * @param json says where the problem is if it is none
     */
    static long time(String text, StrictJson json) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw json.invalid("a time is written as in RFC 3339, for example 2026-03-01T12:00:00Z");
        }
    }

    private static boolean isLetter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }
}
