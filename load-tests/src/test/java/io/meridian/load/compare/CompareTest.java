package io.meridian.load.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.load.results.KindResult;
import io.meridian.load.results.ResultFile;
import io.meridian.load.results.RunResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a script calls it: files in, table or JSON and an exit code out. */
class CompareTest {
    private static final UnaryOperator<KindResult> AS_IT_WAS = UnaryOperator.identity();

    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";

    @Test
    void equalRunsAreNoRegression() throws IOException {
        assertEquals(0, compare(write("a", SampleRuns.run()), write("b", SampleRuns.run())));
        assertTrue(out.contains("no regression"), out);
    }

    @Test
    void aSlowDownIsFoundAndNamed() throws IOException {
        int code = compare(write("a", SampleRuns.run()), write("b", SampleRuns.run(SampleRuns.slower(2.5))));

        assertEquals(1, code);
        assertTrue(out.contains("worse: steady, decide-consented, p50: 3.200, was 1.280; limit 1.300"), out);
        assertTrue(out.contains("REGRESSION"), out);
    }

    @Test
    void aSpeedUpIsNone() throws IOException {
        assertEquals(0, compare(write("a", SampleRuns.run(SampleRuns.slower(3))), write("b", SampleRuns.run())));
    }

    @Test
    void whatIsTooSmallToMatterIsTheSame() throws IOException {
        RunResult fast = SampleRuns.run(SampleRuns.slower(0.05));
        RunResult twice = SampleRuns.run(SampleRuns.slower(0.1));

        assertEquals(0, compare(write("a", fast), write("b", twice)));
        assertEquals(1, compare("--floor=0", write("a", fast), write("b", twice)));
    }

    @Test
    void lostCallsAreFound() throws IOException {
        Path before = write("a", SampleRuns.run());

        assertEquals(1, compare(before, write("b", SampleRuns.run(SampleRuns.losing(0.004, 0)))));
        assertTrue(out.contains("worse: steady, all, failed"), out);
        assertEquals(1, compare(before, write("c", SampleRuns.run(SampleRuns.losing(0, 0.03)))));
        assertTrue(out.contains("worse: steady, all, 429"), out);
        assertEquals(0, compare(before, write("d", SampleRuns.run(SampleRuns.losing(0.001, 0.005)))));
    }

    @Test
    void fewCallsAreShownNotJudged() throws IOException {
        RunResult before = SampleRuns.run();
        Map<String, KindResult> kinds = new HashMap<>(before.phases().get(0).kinds());
        kinds.computeIfPresent(
                SampleRuns.RARE, (name, old) -> SampleRuns.slower(10).apply(old));
        RunResult after = SampleRuns.run(kinds, before.setup(), before.figures());

        assertEquals(0, compare(write("a", before), write("b", after)));
        assertTrue(out.contains("(10.00)"), out);
    }

    @Test
    void aKindWithoutGoodAnswersIsFound() throws IOException {
        RunResult before = SampleRuns.run();
        Map<String, KindResult> kinds = new HashMap<>(before.phases().get(0).kinds());
        kinds.remove(SampleRuns.DECIDE);

        assertEquals(1, compare(write("a", before), write("b", SampleRuns.run(kinds, before.setup(), Map.of()))));
        assertTrue(out.contains("worse: steady, decide-consented: no good answers any more"), out);
    }

    @Test
    void oneBadRunAmongSeveralDecidesNothing() throws IOException {
        Path before = side("before", AS_IT_WAS, SampleRuns.slower(1.1), AS_IT_WAS);
        Path after = side("after", SampleRuns.slower(1.05), SampleRuns.slower(9), AS_IT_WAS);

        assertEquals(0, compare(before, after), out);
    }

    @Test
    void severalSlowRunsDecide() throws IOException {
        Path before = side("before", AS_IT_WAS, SampleRuns.slower(1.1), SampleRuns.slower(0.95));
        Path after = side("after", SampleRuns.slower(2.1), AS_IT_WAS, SampleRuns.slower(1.9));

        assertEquals(1, compare(before, after), out);
    }

    @Test
    void runsThatDifferMuchAmongThemselvesAllowMore() throws IOException {
        Path before = side("before", AS_IT_WAS, SampleRuns.slower(1.6), SampleRuns.slower(2.2));
        Path after = side("after", SampleRuns.slower(2.4), SampleRuns.slower(2.3), SampleRuns.slower(2.6));

        assertEquals(0, compare(before, after), out);
    }

    @Test
    void cpuPerCallIsJudged() throws IOException {
        RunResult before = SampleRuns.run();
        RunResult after = SampleRuns.run(
                before.phases().get(0).kinds(), before.setup(), Map.of("steady.cpuMicrosPerCall", 1000.0));

        assertEquals(1, compare(write("a", before), write("b", after)));
        assertEquals(0, compare("--cpu", "1.5", write("a", before), write("b", after)));
    }

    @Test
    void latenciesOfABusierMachineAreNotJudged() throws IOException {
        RunResult run = SampleRuns.run();
        Map<String, KindResult> slow =
                SampleRuns.run(SampleRuns.slower(5)).phases().get(0).kinds();
        Path before = write("a", quiet(run.phases().get(0).kinds(), 700, 0.4));

        assertEquals(0, compare(before, write("b", quiet(slow, 720, 9))));
        assertTrue(out.contains("The machine was busier on one side"), out);
        assertEquals(1, compare(before, write("c", quiet(slow, 1400, 9))), "CPU time is the service's own");
        assertEquals(1, compare(before, write("d", quiet(slow, 720, 0.6))));
        Map<String, KindResult> lost =
                SampleRuns.run(SampleRuns.losing(0.3, 0)).phases().get(0).kinds();
        assertEquals(1, compare(before, write("e", quiet(lost, 720, 9))), "no machine is so busy");
        RunResult blind = SampleRuns.run(slow, SampleRuns.run().setup(), Map.of("clientStallP99Millis", 9.0));
        assertEquals(2, compare(before, write("f", blind)));
    }

    private static RunResult quiet(Map<String, KindResult> kinds, double cpu, double stalls) {
        return SampleRuns.run(
                kinds,
                SampleRuns.run().setup(),
                Map.of("steady.cpuMicrosPerCall", cpu, "clientStallP99Millis", stalls));
    }

    @Test
    void limitsAreFlags() throws IOException {
        Path before = write("a", SampleRuns.run());
        Path after = write("b", SampleRuns.run(SampleRuns.slower(1.25)));

        assertEquals(0, compare(before, after));
        assertEquals(1, compare("--p50=1.1", before, after));
    }

    @Test
    void programsReadJson() throws IOException {
        int code = compare(
                "--format=json", write("a", SampleRuns.run()), write("b", SampleRuns.run(SampleRuns.slower(2.5))));

        JsonNode json = new ObjectMapper().readTree(out);
        assertEquals(1, code);
        assertTrue(json.path("regressed").asBoolean());
        JsonNode first = json.path("rows").get(0);
        assertEquals("mean", first.path("what").asText());
        assertEquals(2.5, first.path("change").asDouble(), 1e-9);
        assertEquals("worse", first.path("verdict").asText());
    }

    @Test
    void differentRunsAreRefused() throws IOException {
        RunResult run = SampleRuns.run();
        Map<String, KindResult> kinds = run.phases().get(0).kinds();
        Path before = write("a", run);

        assertEquals(
                2, compare(before, write("b", SampleRuns.run(kinds, Map.of("rate", "800", "mix", "a1"), Map.of()))));
        assertTrue(err.contains("a different rate: 400 and 800"), err);
        RunResult other = new RunResult(
                RunResult.FORMAT, "Soak", "", Map.of(), run.setup(), run.phases(), run.figures(), List.of());
        assertEquals(2, compare(before, write("c", other)));
        assertTrue(err.contains("different simulations: Steady and Soak"), err);
    }

    @Test
    void damagedResultsAreRefused() throws IOException {
        Path whole = write("a", SampleRuns.run());
        Path cut = folder.resolve("cut.json");
        String text = Files.readString(whole);
        Files.writeString(cut, text.substring(0, text.length() / 2));
        Path lacking = folder.resolve("lacking.json");
        Files.writeString(lacking, text.replaceFirst("\"p99Millis\" : [0-9.]+,", ""));

        assertEquals(2, compare(whole, cut));
        assertTrue(err.contains("cut.json: line "), err);
        assertEquals(2, compare(lacking, whole));
        assertTrue(err.contains("p99Millis"), err);
        assertEquals(2, compare(whole, folder.resolve("nowhere.json")));
        assertTrue(err.contains("nowhere.json: cannot be read"), err);
        assertFalse(err.contains("\tat "), err);
    }

    @Test
    void wrongUsageIsExplained() throws IOException {
        Path run = write("a", SampleRuns.run());

        assertEquals(2, compare(run));
        assertTrue(err.contains("two sides are needed"), err);
        assertTrue(err.contains("Exit code"), err);
        assertEquals(2, compare("--p98=2", run, run));
        assertEquals(2, compare("--p99=fast", run, run));
        assertEquals(2, compare(run, run, "--p99"));
        assertEquals(2, compare("--format=xml", run, run));
    }

    private int compare(Object... arguments) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int code = Compare.run(
                texts,
                new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private Path write(String name, RunResult run) throws IOException {
        Path file = folder.resolve(name + ".json");
        ResultFile.write(run, file);
        return file;
    }

    @SafeVarargs
    private Path side(String name, UnaryOperator<KindResult>... changes) throws IOException {
        List<Path> files = new ArrayList<>();
        for (UnaryOperator<KindResult> change : changes) {
            Path file = folder.resolve(name).resolve(files.size() + ".json");
            ResultFile.write(SampleRuns.run(change), file);
            files.add(file);
        }
        return folder.resolve(name);
    }
}
