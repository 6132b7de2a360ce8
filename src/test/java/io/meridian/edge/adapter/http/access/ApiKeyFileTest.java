package io.meridian.edge.adapter.http.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.http.wire.ProblemException;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeyFileTest {
    private static final String HASH = "0".repeat(64);

    @Test
    void aNewKeyOpensWhatItsLineSays() {
        ApiKeyFile.NewKey made = ApiKeyFile.create("team", List.of("operate", "author:de"), new SecureRandom());
        assertFalse(made.line().contains(made.key()) || made.toString().contains(made.key()));
        ApiKeys keys = ApiKeyFile.parse(List.of("# ours", "", made.line()));
        Caller caller = keys.caller(name -> sent(name, made.key()));
        assertEquals("team", caller.id());
        assertTrue(caller.has(Role.OPERATE));
        assertFalse(caller.has(Role.DECIDE) || caller.has(Role.INGEST) || caller.has(Role.PRIVACY));
        assertThrows(ProblemException.class, () -> keys.caller(name -> sent(name, made.key() + "a")));
        assertThrows(ProblemException.class, () -> keys.caller(name -> List.of()));
    }

    private static List<String> sent(String name, String key) {
        return name.equals("X-API-Key") ? List.of(key) : List.of();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"a\",\"sha256\":\"HASH\",\"roles\":[\"king\"]} | line 1: key a: there is no role king; there are decide, ingest, operate, privacy, author:<market>, approve:<market>",
                "{\"id\":\"a\",\"sha256\":\"abcd\",\"roles\":[\"decide\"]} | line 1: key a: sha256 has 64 hex digits",
                "{\"id\":\"a\",\"sha256\":\"HASH\",\"roles\":[]} | line 1: a key has an id, a sha256 and one role or more",
                "{\"id\":\"a\",\"key\":\"x\"} | line 1: /key \"key\" is not known here; known are id, sha256, roles",
                "# nothing | there is no key in it; meridian new-key makes one"
            })
    void saysWhatIsWrongWithALine(String line, String message) {
        List<String> lines = List.of(line.replace("HASH", HASH));
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> ApiKeyFile.parse(lines))
                        .getMessage());
    }

    @Test
    void twoKeysOfOneIdAreAMistake() {
        String line = "{\"id\":\"a\",\"sha256\":\"" + HASH + "\",\"roles\":[\"decide\"]}";
        assertThrows(IllegalArgumentException.class, () -> ApiKeyFile.parse(List.of(line, line)));
    }
}
