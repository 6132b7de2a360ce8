package io.meridian.edge.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a market team types: exit codes, the form of what is printed, and that mistakes are told with their place. */
class CommandLineTest {
    private static final String SAMPLE = Path.of("edge-config").toAbsolutePath().toString();
    private static final String MODELS = "--models=" + Path.of("models").toAbsolutePath();

    @TempDir
    Path folder;

    @BeforeAll
    static void needsAnExecutable() {
        Executable.path();
    }

    @Test
    void aRightConfigurationIsFine() {
        Executable.Ran text = run("validate", SAMPLE, MODELS);
        assertEquals(0, text.exit(), text.toString());
        assertTrue(text.out().contains("is fine"), text.toString());
        Executable.Ran json = run("validate", SAMPLE, MODELS, "--format=json");
        assertEquals(0, json.exit(), json.toString());
        assertTrue(Http.read(json.out()).isObject(), json.out());
    }

    @Test
    void everyMistakeIsToldAtOnceWithItsPlace() throws Exception {
        Path config = copy();
        change(config.resolve("global/offers.yaml"), "when: '", "when: 'nothing.known == 1 && ");
        change(config.resolve("markets/de/market.yaml"), "timeZone:", "timezone:");
        Executable.Ran text = run("validate", config.toString(), MODELS);
        assertEquals(1, text.exit(), text.toString());
        assertTrue(text.out().matches("(?s).*global/offers\\.yaml:\\d+:\\d+: .*"), text.toString());
        assertTrue(text.out().matches("(?s).*markets/de/market\\.yaml:\\d+:\\d+: .*"), text.toString());
    }

    @Test
    void theCasesBesideTheRulesPass() {
        Executable.Ran json = run("test", SAMPLE, MODELS, "--format=json");
        assertEquals(0, json.exit(), json.toString());
        assertTrue(Http.read(json.out()).isObject(), json.out());
    }

    @Test
    void aRequestIsExplained() throws Exception {
        Path request = folder.resolve("request.json");
        Files.writeString(
                request,
                "{\"placements\":[{\"id\":\"home-hero\"}],\"context\":{\"country\":\"DE\",\"channel\":\"web\",\"device\":\"mobile\"}}");
        Executable.Ran text = run("explain", SAMPLE, MODELS, "--request=" + request);
        assertEquals(0, text.exit(), text.toString());
        assertTrue(text.out().contains("home-hero"), text.toString());
        Executable.Ran json = run("explain", SAMPLE, MODELS, "--request=" + request, "--format=json");
        assertTrue(Http.read(json.out()).isObject(), json.toString());
        assertEquals(
                0, run("explain", SAMPLE, MODELS, "--origin", "--market=de").exit());
    }

    @Test
    void twoConfigurationsAreComparedOnAPageOfItsOwn() throws Exception {
        Path config = copy();
        change(config.resolve("markets/de/rules.yaml"), "lever: 1.2", "lever: 0.5");
        Path page = folder.resolve("diff.html");
        Executable.Ran ran =
                run("diff", SAMPLE, config.toString(), MODELS, "--generate=200", "--format=html", "-o=" + page);
        assertEquals(0, ran.exit(), ran.toString());
        String html = Files.readString(page);
        assertTrue(html.contains("<style") && html.contains("<script") && html.contains("</html>"), html);
    }

    @Test
    void aBundleIsPackedSignedApprovedAndLookedAt() throws Exception {
        Signers signers = new Signers(folder);
        String archive = signers.bundle(Path.of(SAMPLE), "none", "first");
        Executable.Ran unsigned = inspect(archive, signers);
        assertEquals(1, unsigned.exit(), unsigned.toString());
        signers.sign(archive);
        Executable.Ran signed = inspect(archive, signers);
        assertEquals(0, signed.exit(), signed.toString());
        assertTrue(Http.read(signed.out()).isObject(), signed.out());
    }

    @Test
    void aKeyIsMadeAndShownOnce() {
        Executable.Ran made = run("new-key", "--id=cdn", "--role=decide");
        assertEquals(0, made.exit(), made.toString());
        assertTrue(made.out().matches("(?s)key: +mk_\\S+\\R+store: \\{.*\"sha256\":.*"), made.toString());
    }

    @Test
    void wrongUsageIsToldApartFromProblems() {
        for (String[] wrong : List.of(
                new String[] {"valdate", SAMPLE},
                new String[] {"validate"},
                new String[] {"validate", SAMPLE, "--format=xml"},
                new String[] {"validate", folder.resolve("nowhere").toString()},
                new String[] {"push", "no.zip"})) {
            Executable.Ran ran = run(wrong);
            assertEquals(2, ran.exit(), ran.toString());
            assertTrue(!ran.err().isBlank(), ran.toString());
        }
        assertEquals(0, run("--help").exit());
        assertEquals(0, run("validate", "--help").exit());
    }

    @Test
    void aServiceWithoutItsSettingsSaysAllThatIsMissing() {
        Executable.Ran ran = run("serve", "--port=0", "--management-port=0");
        assertEquals(1, ran.exit(), ran.toString());
        for (String setting : List.of("meridian.region", "meridian.redis.url", "meridian.api-keys-file")) {
            assertTrue(ran.err().contains(setting) || ran.out().contains(setting), ran.toString());
        }
    }

    private Executable.Ran inspect(String archive, Signers signers) {
        return run("inspect", archive, "--trust=" + signers.trust(), "--against=none", "--format=json");
    }

    private Executable.Ran run(String... arguments) {
        return Executable.run(folder, arguments);
    }

    private Path copy() throws IOException {
        return Folders.copy(Path.of(SAMPLE), folder.resolve("config"));
    }

    private static void change(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertTrue(text.contains(from), file + " has changed: " + from);
        Files.writeString(file, text.replaceFirst(Pattern.quote(from), to));
    }
}
