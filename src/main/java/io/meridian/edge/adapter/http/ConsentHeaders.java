package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.Headers;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.core.model.ConsentInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Privacy signals in headers, or in the cookies of the same name that consent managers set; a header wins over its cookie.
 *
 * <p>TCF: {@code euconsent-v2} or {@code gdpr_consent}; GPP: {@code gpp} and {@code gpp_sid} (numbers joined by {@code _} or comma); US
 * Privacy: {@code us_privacy}, as a cookie also {@code usprivacy}; Global Privacy Control: {@code Sec-GPC: 1}.
 *
 * <p>All lines of a header and all cookies of a name count: one objection is enough, sections add up, and strings that contradict each
 * other are taken for one that cannot be read.
 */
final class ConsentHeaders {
    /** What an answer varies by. */
    static final List<String> ALL =
            List.of("Sec-GPC", "euconsent-v2", "gdpr_consent", "gpp", "gpp_sid", "us_privacy", "Cookie");

    /** Stands for strings that contradict each other: no decoder can read it, and what cannot be read refuses. */
    static final String DISPUTED = "(disputed)";

    private static final int MAX_SECTIONS = 32;
    private static final int[] NO_SECTIONS = new int[0];

    private ConsentHeaders() {}

    /** What the headers say. */
    static ConsentInput read(Headers headers) {
        String cookies = headers.joined("Cookie", "; ");
        String tcf = first(signal("euconsent-v2", headers, cookies), signal("gdpr_consent", headers, cookies));
        String usPrivacy = first(signal("us_privacy", headers, cookies), cookie("usprivacy", cookies));
        String sections = headers.joined("gpp_sid", ",");
        if (sections == null || sections.isEmpty()) {
            sections = values("gpp_sid", cookies).stream()
                    .reduce((one, other) -> one + ',' + other)
                    .orElse(null);
        }
        return new ConsentInput(
                null,
                tcf,
                signal("gpp", headers, cookies),
                sections == null ? NO_SECTIONS : sections(sections),
                isOne(headers.joined("Sec-GPC", ",")),
                usPrivacy);
    }

    private static boolean isOne(@Nullable String gpc) {
        if (gpc != null) {
            for (String value : gpc.split(",", -1)) {
                if (value.trim().equals("1")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable String signal(String name, Headers headers, @Nullable String cookies) {
        List<String> said = headers.all(name).stream()
                .map(String::trim)
                .filter(value -> !value.isEmpty())
                .toList();
        return said.isEmpty() ? cookie(name, cookies) : agreed(said);
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one != null ? one : other;
    }

    /** The value of a cookie; null if it is not there or empty. */
    static @Nullable String cookie(String name, @Nullable String cookies) {
        return agreed(values(name, cookies));
    }

    /** What all say; {@link #DISPUTED} if they do not say the same, null if none says anything. */
    private static @Nullable String agreed(List<String> said) {
        String agreed = null;
        for (String value : said) {
            if (agreed != null && !agreed.equals(value)) {
                return DISPUTED;
            }
            agreed = value;
        }
        return agreed;
    }

    /** All values of a cookie that are not empty: a browser sends one for each domain and path it was set for. */
    private static List<String> values(String name, @Nullable String cookies) {
        List<String> values = new ArrayList<>(1);
        int at = 0;
        while (cookies != null && at < cookies.length()) {
            int end = cookies.indexOf(';', at);
            if (end < 0) {
                end = cookies.length();
            }
            while (at < end && cookies.charAt(at) == ' ') {
                at++;
            }
            if (cookies.startsWith(name, at) && at + name.length() < end && cookies.charAt(at + name.length()) == '=') {
                String value = cookies.substring(at + name.length() + 1, end).trim();
                if (!value.isEmpty()) {
                    values.add(value);
                }
            }
            at = end + 1;
        }
        return values;
    }

    /** -1, which says that none applies, is dropped. */
    private static int[] sections(String text) {
        String[] parts = text.replace('_', ',').split(",", MAX_SECTIONS + 1);
        if (parts.length > MAX_SECTIONS) {
            throw invalid("at most " + MAX_SECTIONS + " sections");
        }
        int[] sections = new int[parts.length];
        int count = 0;
        for (String part : parts) {
            try {
                int section = Integer.parseInt(part.trim());
                if (section > 0) {
                    sections[count++] = section;
                }
            } catch (NumberFormatException e) {
                throw invalid("section ids are numbers joined by _ or comma");
            }
        }
        return Arrays.copyOf(sections, count);
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.inParameter(ProblemType.INVALID_PARAMETER, "gpp_sid", detail));
    }
}
