package io.meridian.edge.core.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.meridian.edge.core.model.LanguageTags;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
    private static final Languages MARKET = new Languages(
            List.of("de", "de-AT", "en", "fr", "zh-Hant"),
            Map.of("de-AT", List.of("en"), "it", List.of("fr", "en"), "it-CH", List.of("de"), "nl", List.of("en")));

    @ParameterizedTest
    @CsvSource({
        "de, de",
        "DE, de",
        "de-DE, de",
        "de-AT, de-AT",
        "de_at, de-AT",
        "de-AT-1996, de-AT",
        "de-x-AT, de",
        "en-GB, en",
        "english, de",
        "zh-Hant-TW, zh-Hant",
        "zh-TW, de",
        "it, fr",
        "it-IT, fr",
        "it-CH, de",
        "it-ch-x-private, de",
        "NL-be, en",
        "sv, de",
        "'', de"
    })
    void aVisitorGetsTheNearestOfTheirOwnThenWhatIsTriedInsteadThenTheFirst(String locale, String language) {
        assertEquals(language, MARKET.tags().get(MARKET.find(locale)));
    }

    @Test
    void contentIsLookedForAlongTheSameWay() {
        assertArrayEquals(new int[] {1, 0, 2, 3, 4}, MARKET.chain(1));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4}, MARKET.chain(0));
        assertArrayEquals(new int[] {4, 0, 1, 2, 3}, MARKET.chain(4));
    }

    @ParameterizedTest
    @CsvSource({"de-at, de-AT", "DE, de", "zh-hant-tw, zh-Hant-TW", "es_419, es-419"})
    void tagsHaveOneForm(String written, String canonical) {
        assertEquals(canonical, LanguageTags.canonical(written));
    }
}
