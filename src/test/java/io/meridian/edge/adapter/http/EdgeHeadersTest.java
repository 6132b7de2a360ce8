package io.meridian.edge.adapter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.http.access.Headers;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.core.model.ConsentInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeHeadersTest {
    @ParameterizedTest
    @CsvSource({
        "CF-IPCountry, de, DE",
        "CF-IPCountry, XX, ",
        "CF-IPCountry, T1, ",
        "CloudFront-Viewer-Country, US, US",
        "X-Country-Code, Germany, "
    })
    void readsTheCountry(String name, String value, String country) {
        assertEquals(country, EdgeHeaders.country(headers(name, value)));
    }

    @Test
    void aCountryThatIsDisputedIsUnknown() {
        assertNull(EdgeHeaders.country(headers("X-Country-Code", "US", "CF-IPCountry", "DE")));
        assertEquals("DE", EdgeHeaders.country(headers("X-Country-Code", "DE", "CF-IPCountry", "de")));
    }

    @Test
    void readsTheDevice() {
        assertEquals(
                "mobile",
                EdgeHeaders.device(
                        headers("CloudFront-Is-Tablet-Viewer", "false", "CloudFront-Is-Mobile-Viewer", "true")));
        assertEquals("tablet", EdgeHeaders.device(headers("CF-Device-Type", "Tablet")));
        assertNull(EdgeHeaders.device(headers("X-Device", "canary")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de-DE,de;q=0.9,en;q=0.8 | de-DE",
                "en;q=0.5, fr;q=0.7 | fr",
                "*, fr;q=0.1 | fr",
                "en;q=0 | ",
                "en;q=2, de;q=x, fr;q=0.3 | fr",
                "<script> | "
            })
    void readsTheLanguageWantedMost(String header, String locale) {
        assertEquals(locale, EdgeHeaders.locale(headers("Accept-Language", header)));
    }

    @Test
    void readsConsentFromHeadersAndElseFromCookies() {
        ConsentInput consent = ConsentHeaders.read(headers(
                "Cookie",
                "a=b; euconsent-v2=COOKIE; xgpp=no; gpp=DB; usprivacy=1YNN",
                "gpp_sid",
                "7_8,-1",
                "Sec-GPC",
                "1"));
        assertEquals("COOKIE", consent.tcf());
        assertEquals("DB", consent.gpp());
        assertArrayEquals(new int[] {7, 8}, consent.gppSections());
        assertEquals("1YNN", consent.usPrivacy());
        assertTrue(consent.gpc());
        assertEquals(
                "HEADER",
                ConsentHeaders.read(headers("Cookie", "euconsent-v2=COOKIE", "euconsent-v2", "HEADER"))
                        .tcf());
        assertEquals(
                ConsentInput.NONE.isEmpty(),
                ConsentHeaders.read(headers("Cookie", "euconsent-v2=; a")).isEmpty());
        assertThrows(ProblemException.class, () -> ConsentHeaders.read(headers("gpp_sid", "seven")));
    }

    @Test
    void allLinesOfAHeaderCount() {
        ConsentInput split =
                ConsentHeaders.read(headers("Cookie", "a=b", "Cookie", "gpp=DB", "Cookie", "gpp_sid=7; x=y"));
        assertEquals("DB", split.gpp());
        assertArrayEquals(new int[] {7}, split.gppSections());
        assertTrue(ConsentHeaders.read(headers("Sec-GPC", "0", "Sec-GPC", "1")).gpc());
        assertArrayEquals(
                new int[] {7, 8},
                ConsentHeaders.read(headers("gpp_sid", "7", "gpp_sid", "8")).gppSections());
        assertNull(EdgeHeaders.country(headers("X-Country-Code", "US", "X-Country-Code", "DE")));
        assertEquals("fr", EdgeHeaders.locale(headers("Accept-Language", "en;q=0.3", "Accept-Language", "fr")));
        assertThrows(
                ProblemException.class,
                () -> headers("X-Meridian-Subject", "customer/a", "X-Meridian-Subject", "customer/b")
                        .one("x-meridian-subject"));
    }

    @Test
    void consentStringsThatContradictEachOtherCannotBeRead() {
        ConsentInput consent = ConsentHeaders.read(
                headers("Cookie", "euconsent-v2=A; euconsent-v2=B", "us_privacy", "1YNN", "us_privacy", "1YYN"));
        assertEquals(ConsentHeaders.DISPUTED, consent.tcf());
        assertEquals(ConsentHeaders.DISPUTED, consent.usPrivacy());
        assertEquals(
                "A",
                ConsentHeaders.read(headers("Cookie", "euconsent-v2=A; euconsent-v2=A"))
                        .tcf());
    }

    @Test
    void aSubdivisionIsBelievedToWhoeverNamedTheCountry() {
        assertEquals("CA", EdgeHeaders.subdivision(headers("CF-IPCountry", "US", "CF-Region-Code", "ca")));
        assertNull(EdgeHeaders.subdivision(headers("CF-IPCountry", "US", "CloudFront-Viewer-Country-Region", "CA")));
        assertNull(EdgeHeaders.subdivision(headers(
                "CF-IPCountry",
                "US",
                "CF-Region-Code",
                "CA",
                "CloudFront-Viewer-Country",
                "US",
                "CloudFront-Viewer-Country-Region",
                "NV")));
        assertNull(EdgeHeaders.subdivision(headers("CF-Region-Code", "CA")));
    }

    @Test
    void pointersEndBeforeWhatMayBeAValue() {
        assertEquals("/context/attributes/cart.value", Pointers.tellable("/context/attributes/cart.value"));
        assertEquals("/context/attributes", Pointers.tellable("/context/attributes/anna@example.org"));
        assertEquals("/context/attributes", Pointers.tellable("/context/attributes/" + "x".repeat(300)));
        assertEquals("(a parameter)", Pointers.tellableName("anna@example.org"));
    }

    @Test
    void entityTagsCompareWeakly() {
        String tag = EntityTags.of(new byte[] {1});
        assertTrue(EntityTags.matches("\"x\", W/" + tag, tag) && EntityTags.matches("*", tag));
        String keyed = new KeyedTags(new byte[32]).of(new byte[] {1});
        assertEquals(tag.length(), keyed.length());
        assertTrue(!keyed.equals(tag) && keyed.equals(new KeyedTags(new byte[32]).of(new byte[] {1})));
        assertTrue(!EntityTags.matches(null, tag) && !EntityTags.matches("\"x\"", tag));
    }

    private static Headers headers(String... namesAndValues) {
        Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.computeIfAbsent(namesAndValues[i], name -> new ArrayList<>()).add(namesAndValues[i + 1]);
        }
        return name -> map.getOrDefault(name, List.of());
    }
}
