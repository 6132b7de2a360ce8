package io.meridian.edge.adapter.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.testing.SampleContract;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileLineParserTest {
    private final AttributeContract contract = SampleContract.contract();
    private final RegionKey key = new RegionKey("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private final ProfileLineParser parser = new ProfileLineParser(contract, new Pseudonymiser(key, '1'), 5);

    private EncodedProfile parse(String line) throws ProfileLineParser.BadLine {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return parser.parse(bytes, 0, bytes.length);
    }

    private static String line(String rest) {
        return "{\"ns\":\"customer\",\"id\":\"c-1\"," + rest + "}";
    }

    private String reason(String rest) {
        return assertThrows(ProfileLineParser.BadLine.class, () -> parse(line(rest)))
                .getMessage();
    }

    @Test
    void valuesAreEncodedAsASingleWriteEncodesThemAndNothingOfTheLineBeforeIsLeft() throws Exception {
        parse(line("\"profile\":{\"currency\":\"EUR\",\"sessions_7d\":3,\"wishlist_count\":2}"));
        EncodedProfile second = parse(line("\"profile\":{\"tier\":\"gold\",\"spend_90d\":7,\"orders_90d\":null}"));
        Map<String, Object> values = Map.of("tier", "gold", "spend_90d", 7.0);
        ProfileEncoder encoder = new ProfileEncoder(contract);
        for (int i = 0; i < DataClass.count(); i++) {
            assertArrayEquals(encoder.encode(DataClass.at(i), values), second.classes()[i]);
        }
    }

    @Test
    void nothingMayBeThereTwiceAndALineAfterABadOneIsRead() throws Exception {
        assertEquals("an attribute is there twice", reason("\"profile\":{\"tier\":\"gold\",\"tier\":\"gold\"}"));
        assertEquals("an attribute is there twice", reason("\"profile\":{\"tier\":null,\"tier\":\"gold\"}"));
        assertEquals("profile is there twice", reason("\"profile\":{},\"profile\":{}"));
        assertEquals("id is there twice", reason("\"id\":\"c-2\",\"profile\":{}"));
        assertEquals("consent is there twice", reason("\"profile\":{},\"consent\":{},\"consent\":{}"));
        assertEquals(
                "a field of consent is there twice", reason("\"profile\":{},\"consent\":{\"given\":[],\"given\":[]}"));
        assertEquals("/profile/shoe: unknown attribute", reason("\"profile\":{\"shoe\":1}"));
        assertEquals(5, parse(line("\"profile\":{},\"consent\":{}")).consent().updatedAt());
    }

    @Test
    void timesMeanWhatTheStandardSays() throws Exception {
        for (String time : List.of(
                "2026-01-31T12:00:00Z",
                "2024-02-29T23:59:59.999Z",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "2026-01-31T12:00:00.5Z",
                "2026-01-31T24:00:00Z",
                "2026-01-31T12:00:00.123456Z")) {
            EncodedProfile profile = parse(line("\"profile\":{},\"consent\":{\"updatedAt\":\"" + time + "\"}"));
            assertEquals(Instant.parse(time).toEpochMilli(), profile.consent().updatedAt(), time);
        }
        for (String time :
                List.of("2026-02-30T12:00:00Z", "2026-13-01T12:00:00Z", "2026-01-31 12:00:00Z", "soon", "")) {
            assertEquals(
                    "consent.updatedAt must be like 2026-01-31T12:00:00Z",
                    reason("\"profile\":{},\"consent\":{\"updatedAt\":\"" + time + "\"}"));
        }
    }
}
