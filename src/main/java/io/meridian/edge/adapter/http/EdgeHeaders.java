package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.access.Headers;
import io.meridian.edge.adapter.http.wire.RequestFields;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an edge tells about a visitor in headers. The edge has to set or remove them all: a visitor could send them too.
 *
 * <table>
 *   <caption>Headers read, the first that says something counts</caption>
 *   <tr><td>country</td><td>{@code X-Country-Code} (ours, for Fastly, Akamai and whoever sets headers by rule), {@code CF-IPCountry}
 *       (Cloudflare), {@code CloudFront-Viewer-Country}, {@code X-Vercel-IP-Country}. If two disagree, the country is unknown, and
 *       unknown means the strictest law.</td></tr>
 *   <tr><td>subdivision</td><td>{@code X-Subdivision-Code}, {@code CF-Region-Code}, {@code CloudFront-Viewer-Country-Region},
 *       {@code X-Vercel-IP-Country-Region}; only from whoever named the country that counts; if two disagree,
 *       it is unknown</td></tr>
 *   <tr><td>device</td><td>{@code X-Device}, {@code CF-Device-Type}, {@code CloudFront-Is-Tablet-Viewer}, {@code -Mobile-},
 *       {@code -Desktop-}</td></tr>
 *   <tr><td>locale</td><td>{@code Accept-Language}: the language wanted most</td></tr>
 * </table>
 */
final class EdgeHeaders {
    static final List<String> COUNTRY =
            List.of("X-Country-Code", "CF-IPCountry", "CloudFront-Viewer-Country", "X-Vercel-IP-Country");
    static final List<String> SUBDIVISION = List.of(
            "X-Subdivision-Code", "CF-Region-Code", "CloudFront-Viewer-Country-Region", "X-Vercel-IP-Country-Region");
    static final List<String> DEVICE = List.of(
            "X-Device",
            "CF-Device-Type",
            "CloudFront-Is-Tablet-Viewer",
            "CloudFront-Is-Mobile-Viewer",
            "CloudFront-Is-Desktop-Viewer");
    static final String LOCALE = "Accept-Language";

    /** Cloudflare's words for "unknown" and "Tor". */
    private static final Set<String> NO_COUNTRY = Set.of("XX", "T1");

    private static final Set<String> DEVICES = Set.of("mobile", "tablet", "desktop", "kiosk");

    private EdgeHeaders() {}

    /** Upper case; null if no header says one, or two headers say different ones. */
    static @Nullable String country(Headers headers) {
        String country = null;
        for (String name : COUNTRY) {
            List<String> lines = headers.all(name);
            for (int i = 0; i < lines.size(); i++) {
                String said = RequestFields.country(lines.get(i));
                if (said == null || NO_COUNTRY.contains(said)) {
                    continue;
                }
                if (country != null && !country.equals(said)) {
                    return null;
                }
                country = said;
            }
        }
        return country;
    }

    /**
     * Upper case; null if no header says one, or two headers say different ones. A subdivision is believed to whoever named the country:
     * elsewhere the same letters mean another place.
     */
    static @Nullable String subdivision(Headers headers) {
        String country = country(headers);
        String subdivision = null;
        for (int i = 0; country != null && i < SUBDIVISION.size(); i++) {
            List<String> lines = headers.all(SUBDIVISION.get(i));
            String said = lines.size() == 1 ? RequestFields.subdivision(lines.get(0)) : null;
            if (said == null || !country.equals(country(headers, COUNTRY.get(i)))) {
                continue;
            }
            if (subdivision != null && !subdivision.equals(said)) {
                return null;
            }
            subdivision = said;
        }
        return subdivision;
    }

    /** What one header says of the country; null if it says nothing, or two things. */
    private static @Nullable String country(Headers headers, String name) {
        List<String> lines = headers.all(name);
        String said = lines.size() == 1 ? RequestFields.country(lines.get(0)) : null;
        return said == null || NO_COUNTRY.contains(said) ? null : said;
    }

    /** One of {@code mobile tablet desktop kiosk}; null if no header says one. */
    static @Nullable String device(Headers headers) {
        for (String name : DEVICE) {
            String value = headers.get(name);
            if (value == null) {
                continue;
            }
            String said = value.toLowerCase(Locale.ROOT);
            if (DEVICES.contains(said)) {
                return said;
            }
            if (said.equals("true") && name.startsWith("CloudFront-Is-")) {
                return name.substring("CloudFront-Is-".length(), name.lastIndexOf('-'))
                        .toLowerCase(Locale.ROOT);
            }
        }
        return null;
    }

    /** The language range with the highest weight, the first of several (RFC 9110, section 12.5.4); null if there is none. */
    static @Nullable String locale(Headers headers) {
        String value = headers.joined(LOCALE, ",");
        if (value == null) {
            return null;
        }
        String best = null;
        double bestWeight = 0;
        for (String part : value.split(",", 16)) {
            int semicolon = part.indexOf(';');
            String range = (semicolon < 0 ? part : part.substring(0, semicolon)).trim();
            double weight = semicolon < 0 ? 1 : weight(part.substring(semicolon + 1));
            if (weight > bestWeight && isLanguage(range)) {
                best = range;
                bestWeight = weight;
            }
        }
        return best;
    }

    private static double weight(String parameter) {
        String text = parameter.trim();
        if (!text.startsWith("q=") || text.length() > 7) {
            return 0;
        }
        try {
            double weight = Double.parseDouble(text.substring(2));
            return weight >= 0 && weight <= 1 ? weight : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static boolean isLanguage(String range) {
        if (range.isEmpty() || range.length() > RequestFields.MAX_LOCALE) {
            return false;
        }
        for (int i = 0; i < range.length(); i++) {
            char character = range.charAt(i);
            if (!Character.isLetterOrDigit(character) && character != '-') {
                return false;
            }
        }
        return true;
    }
}
