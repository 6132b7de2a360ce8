package io.meridian.edge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.testing.TestBundles;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says of cases that fail, cannot be read, or miss rules. */
class TestCommandTest {
    @TempDir
    Path temp;

    @Test
    void differencesAreToldWithTheRuleBehindThem() throws Exception {
        CommandRun run = run(LabFolders.minimal(temp, "hero.yaml"), "--coverage");
        assertEquals(LabFolders.golden("hero.golden.txt"), run.out());
        assertEquals(1, run.exit());
        assertEquals("", run.err());
    }

    @Test
    void everyMistakeIsToldAtItsPlaceAndTheOtherFilesStillRun() throws Exception {
        CommandRun run = run(LabFolders.minimal(temp, "hero.yaml", "mistakes.yaml"), "--filter", "*mistakes.yaml");
        assertEquals(LabFolders.golden("mistakes.golden.txt"), run.out());
        assertEquals(1, run.exit());
    }

    @Test
    void theXmlIsWhatBuildServersRead() throws Exception {
        Path file = temp.resolve("junit.xml");
        Path folder = LabFolders.minimal(temp, "hero.yaml", "mistakes.yaml");
        run(folder, "--junit", file.toString());
        String xml = Files.readString(file);
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(LabFolders.CASES.resolve("junit.xsd").toFile())
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
        assertEquals(LabFolders.golden("junit.golden.xml"), xml.replaceAll("time=\"[0-9.]+\"", "time=\"0.000\""));
    }

    @Test
    void jsonIsForScripts() throws Exception {
        Path coverage = temp.resolve("coverage.json");
        CommandRun run =
                run(LabFolders.minimal(temp, "hero.yaml"), "--format", "json", "--coverage", coverage.toString());
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertFalse(report.get("passed").booleanValue());
        assertEquals(5, report.get("cases").intValue());
        JsonNode difference = report.at("/files/0/results/1/differences/0");
        assertEquals("gold-sale", difference.get("expected").textValue());
        assertEquals("local-hint", difference.get("got").textValue());
        assertEquals(14, difference.get("line").intValue());
        assertEquals(report.get("coverage"), new ObjectMapper().readTree(Files.readString(coverage)));
        assertEquals("never shown", report.at("/coverage/missing/0/missing").textValue());
    }

    @Test
    void theSameCasesGiveTheSameTextAndOtherSeedsOtherVisitors() throws Exception {
        Path folder = LabFolders.minimal(temp, "hero.yaml");
        String first = run(folder).out();
        assertEquals(first, run(folder).out());
        TestBundles.change(folder, "markets/xx/tests/hero.yaml", "seed: 3", "seed: 4");
        assertFalse(first.equals(run(folder).out()), "of 400 visitors exactly as many drew gold");
    }

    @Test
    void aCaseKnowsNothingThatItsConsentHides() throws Exception {
        Path folder = LabFolders.minimal(temp, "hero.yaml");
        TestBundles.change(
                folder,
                "markets/xx/tests/hero.yaml",
                "{ consent: all, profile: { tier: gold } }",
                "{ consent: contextual, profile: { tier: gold } }");
        String out = run(folder, "--filter", "Gold customers*").out();
        assertTrue(out.contains("personalised, "), out);
        assertTrue(out.contains("gold-sale: CONDITION_UNKNOWN"), out);
    }

    @Test
    void tooLittleCoverageFailsAndMarketsAndNamesMustExist() throws Exception {
        Path folder = LabFolders.minimal(temp, "hero.yaml");
        TestBundles.change(folder, "markets/xx/tests/hero.yaml", "title: Gold sale", "title: Gold-Verkauf");
        String only = "Gold customers see the gold sale";
        assertEquals(0, run(folder, "--filter", only).exit());
        CommandRun short1 = run(folder, "--filter", only, "--min-coverage", "99");
        assertEquals(1, short1.exit());
        assertTrue(short1.err().contains("99.0 % are asked for"), short1.err());
        assertEquals(2, run(folder, "--market", "yy").exit());
        assertEquals(2, run(folder, "--region", "there").exit());
        assertEquals(2, CommandRun.of("test", "no-such-folder").exit());
        assertEquals(1, run(folder, "--filter", "no such case").exit());
    }

    @Test
    void rulesThatCannotDecideAreRefusedAsValidateDoes() throws Exception {
        Path folder = LabFolders.minimal(temp, "hero.yaml");
        TestBundles.change(folder, "markets/xx/rules.yaml", "context.country", "context.contry");
        CommandRun run = run(folder);
        assertEquals(1, run.exit());
        assertTrue(run.err().contains("markets/xx/rules.yaml:2:"), run.err());
        assertTrue(run.err().contains("[bad-condition]"), run.err());
    }

    private static CommandRun run(Path folder, String... more) {
        String[] arguments = new String[2 + more.length];
        arguments[0] = "test";
        arguments[1] = folder.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return CommandRun.of(arguments);
    }
}
