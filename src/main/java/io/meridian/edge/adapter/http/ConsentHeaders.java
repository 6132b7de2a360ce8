package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.Headers;
import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import io.meridian.edge.core.model.ConsentInput;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Privacy signals in headers, or in the cookies of the same name that consent managers set; a header wins over its cookie.
 *
 * <p>TCF: {@code euconsent-v2} or {@code gdpr_consent}; GPP: {@code gpp} and {@code gpp_sid} (numbers joined by {@code _} or comma); US
 * Privacy: {@code us_privacy}, as a cookie also {@code usprivacy}; Global Privacy Control: {@code Sec-GPC: 1}.
 */
final class ConsentHeaders {
    /** What an answer varies by. */
    static final List<String> ALL =
            List.of("Sec-GPC", "euconsent-v2", "gdpr_consent", "gpp", "gpp_sid", "us_privacy", "Cookie");

    private static final int MAX_SECTIONS = 32;
    private static final int[] NO_SECTIONS = new int[0];

    private ConsentHeaders() {}

    /** What the headers say. */
    static ConsentInput read(Headers headers) {
        String cookies = headers.get("Cookie");
        String tcf = first(signal("euconsent-v2", headers, cookies), signal("gdpr_consent", headers, cookies));
        String usPrivacy = first(signal("us_privacy", headers, cookies), cookie("usprivacy", cookies));
        String sections = signal("gpp_sid", headers, cookies);
        String gpc = headers.get("Sec-GPC");
        return new ConsentInput(
                null,
                tcf,
                signal("gpp", headers, cookies),
                sections == null ? NO_SECTIONS : sections(sections),
                gpc != null && gpc.trim().equals("1"),
                usPrivacy);
    }

    private static @Nullable String signal(String name, Headers headers, @Nullable String cookies) {
        String header = headers.get(name);
        return header != null && !header.isEmpty() ? header : cookie(name, cookies);
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one != null ? one : other;
    }

    /** The value of a cookie, without looking at any other; null if it is not there or empty. */
    static @Nullable String cookie(String name, @Nullable String cookies) {
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
                return value.isEmpty() ? null : value;
            }
            at = end + 1;
        }
        return null;
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
