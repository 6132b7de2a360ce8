package io.meridian.edge.adapter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.release.Act;
import io.meridian.edge.core.release.TrustPolicy;
import io.meridian.edge.testing.Releases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustFileTest {
    /** The key of the first test of RFC 8032, section 7.1. */
    private static final String KEY = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    @TempDir
    private Path folder;

    @Test
    void isReadAsWritten() throws IOException {
        TrustPolicy policy = read("""
                # who may do what
                keys:
                  - id: anna-de
                    name: Anna
                    key: %s
                    roles: [author:de, approve:fr]
                  - id: centre
                    name: "The centre: two of us"
                    key: "PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw"
                    roles: ["author:*", approve:locked, rollback]
                """.formatted(KEY));
        TrustPolicy.Key anna = policy.key("anna-de");
        assertEquals("Anna", anna.name());
        assertEquals(
                List.of(true, false, false, true, false),
                List.of(
                        anna.may(Act.AUTHOR, "de"),
                        anna.may(Act.APPROVE, "de"),
                        anna.may(Act.AUTHOR, "global"),
                        anna.may(Act.APPROVE, "fr"),
                        anna.mayRollBack()));
        TrustPolicy.Key centre = policy.key("centre");
        assertEquals(
                List.of(true, true, false, true, false, true),
                List.of(
                        centre.may(Act.AUTHOR, "de"),
                        centre.may(Act.AUTHOR, "global"),
                        centre.may(Act.AUTHOR, "locked"),
                        centre.may(Act.APPROVE, "locked"),
                        centre.may(Act.APPROVE, "de"),
                        centre.mayRollBack()));
    }

    @Test
    void whatIsWrongIsToldWithItsPlaceAndAllAtOnce() throws IOException {
        String yaml = """
                keys:
                  - id: Anna
                    name: Anna
                    key: secret
                    roles: [writer:de, author:, "approve:DE", rollback:de]
                  - id: ben
                    name: Ben
                    key: %s
                    roles: []
                    colour: red
                  - id: ben
                    name: Chloe
                    key: %s
                    roles: author:de
                  - name: Dora
                    key: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
                more: 1
                """.formatted(KEY, KEY);
        assertEquals(
                """
                2:9 bad-format
                4:10 bad-format
                5:13 unknown-value
                5:24 wrong-type
                5:33 unknown-value
                5:47 unknown-value
                9:12 missing-value
                10:5 unknown-key
                11:9 duplicate
                13:10 duplicate
                14:12 wrong-type
                15:5 missing-key
                15:5 missing-key
                16:10 bad-format
                17:1 unknown-key
                """,
                problems(yaml).stream()
                        .map(problem -> problem.line() + ":" + problem.column() + " " + problem.code() + "\n")
                        .collect(Collectors.joining()));
        assertTrue(problems(yaml).stream()
                .allMatch(problem ->
                        problem.file().equals(folder.resolve("trust.yaml").toString())));
    }

    @Test
    void whatIsNoTrustFileIsTold() throws IOException {
        assertEquals("missing-key", problems("").get(0).code());
        assertEquals("missing-value", problems("keys: []").get(0).code());
        assertEquals("wrong-type", problems("- a").get(0).code());
        assertEquals("bad-yaml", problems("keys: [").get(0).code());
        assertEquals(
                "too-large",
                problems("#".repeat(ConfigFolder.MAX_FILE_BYTES + 1)).get(0).code());
        for (Path path : List.of(folder.resolve("none.yaml"), folder)) {
            TrustFile.Outcome outcome = TrustFile.read(path);
            assertEquals(
                    "unreadable",
                    assertInstanceOf(TrustFile.Outcome.Rejected.class, outcome)
                            .problems()
                            .get(0)
                            .code());
        }
    }

    @Test
    void thereIsALimitToKeys() throws IOException {
        Releases people = new Releases();
        for (int i = 0; i <= TrustPolicy.MAX_KEYS; i++) {
            people.person("k" + i, "author:de");
        }
        assertEquals("too-large", problems(people.trustYaml()).get(0).code());
    }

    private TrustPolicy read(String yaml) throws IOException {
        TrustFile.Outcome outcome = TrustFile.read(write(yaml));
        return assertInstanceOf(TrustFile.Outcome.Read.class, outcome, outcome::toString)
                .policy();
    }

    private List<Problem> problems(String yaml) throws IOException {
        TrustFile.Outcome outcome = TrustFile.read(write(yaml));
        return assertInstanceOf(TrustFile.Outcome.Rejected.class, outcome).problems();
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("trust.yaml"), yaml);
    }
}
