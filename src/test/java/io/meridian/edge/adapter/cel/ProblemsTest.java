package io.meridian.edge.adapter.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.expr.v1alpha1.Decl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.projectnessie.cel.checker.Checker;

class ProblemsTest {
    private final CelCompiler compiler = Vocabulary.compiler();

    /**
     * The file holds, per condition, its lines after {@code >} and then what is told. A newline in a condition is a line of its own.
     */
    @Test
    void tellsWhatTheGoldenFileTells() throws IOException {
        String golden;
        try (InputStream stream = getClass().getResourceAsStream("/golden/cel-problems.txt")) {
            golden = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        }
        StringBuilder told = new StringBuilder();
        List<String> condition = new ArrayList<>();
        for (String line : golden.split("\n")) {
            if (line.startsWith("#")) {
                told.append(line).append('\n');
            } else if (line.startsWith("> ") || line.equals(">")) {
                condition.add(line.substring(Math.min(2, line.length())));
            } else if (line.isEmpty()) {
                tell(condition, told);
            }
        }
        tell(condition, told);
        assertEquals(golden.strip(), told.toString().strip());
    }

    private void tell(List<String> condition, StringBuilder told) {
        if (!condition.isEmpty()) {
            condition.forEach(line -> told.append(("> " + line).stripTrailing()).append('\n'));
            CelCompiler.Result result = compiler.compile(String.join("\n", condition));
            if (result instanceof CelCompiler.Problems problems) {
                problems.problems().forEach(problem -> told.append(problem).append('\n'));
            } else {
                told.append("compiles\n");
            }
            condition.clear();
        }
        told.append('\n');
    }

    /** Every function of the library is called in every form with operands of every type. */
    @Test
    void noFunctionOutsideTheSubsetCompiles() {
        List<String> operands =
                List.of("true", "1", "1u", "1.0", "'a'", "b'a'", "['a']", "profile.favourite_categories", "profile");
        Set<String> compiled = new TreeSet<>();
        int tried = 0;
        for (Decl declaration : Checker.StandardDeclarations) {
            String name = declaration.getName();
            if (!declaration.hasFunction() || !Character.isLetter(name.charAt(0))) {
                continue;
            }
            for (String a : operands) {
                for (String call : List.of(name + "(" + a + ")", "(" + a + ")." + name + "()")) {
                    tried++;
                    note(compiled, name, call + " == " + call);
                    note(compiled, name, call);
                }
                for (String b : operands) {
                    tried++;
                    note(compiled, name, "(" + a + ")." + name + "(" + b + ")");
                    note(compiled, name, name + "(" + a + ", " + b + ")");
                }
            }
        }
        assertTrue(tried > 500, "the library declares fewer functions than thought: " + tried);
        assertEquals(Set.of("contains", "double", "endsWith", "size", "startsWith"), compiled);
    }

    private void note(Set<String> compiled, String function, String text) {
        if (compiler.compile(text) instanceof CelCompiler.Compiled) {
            compiled.add(function);
        }
    }

    /** On a stack far smaller than a server's threads have. */
    @Test
    void hostileTextIsRefusedWithoutRunningOutOfStack() throws Exception {
        List<String> hostile = new ArrayList<>();
        for (String piece : List.of(
                "(",
                "[",
                "{",
                "!",
                "-",
                "- ",
                "a.",
                "a?",
                "a?b:",
                "1+",
                "a&&",
                "a||",
                "a==",
                "f(",
                "a.f(",
                "a[",
                "a[0]",
                ".",
                "true?(",
                "true?true:",
                "true||",
                "true&&!",
                "[[",
                "x{y:",
                "\"",
                "1-",
                "true==")) {
            hostile.add(piece.repeat(Syntax.MOST_CHARACTERS / piece.length()));
            hostile.add(piece.repeat(Syntax.MOST_CHARACTERS / piece.length() - 1) + "true");
            hostile.add(piece.repeat(Syntax.DEEPEST) + "true" + ")".repeat(Syntax.DEEPEST));
            hostile.add(piece.repeat(Syntax.MOST_OPERATORS / 2) + "1");
        }
        hostile.add("(".repeat(32) + "true" + ")".repeat(32) + "&&(true)".repeat(60));
        hostile.add("a".repeat(1_000_000));
        SplittableRandom random = new SplittableRandom(5);
        List<String> tokens = List.of(
                "profile.tier",
                "1",
                "2.0",
                "'a'",
                "==",
                "&&",
                "||",
                "(",
                ")",
                "[",
                "]",
                "in",
                "?",
                ":",
                "!",
                "-",
                "has(",
                ",",
                ".",
                "{",
                "}");
        for (int i = 0; i < 500; i++) {
            StringBuilder soup = new StringBuilder();
            for (int length = random.nextInt(120); length > 0; length--) {
                soup.append(tokens.get(random.nextInt(tokens.size()))).append(' ');
            }
            hostile.add(soup.toString());
        }
        FutureTask<Integer> work = new FutureTask<>(() -> {
            int refused = 0;
            for (String text : hostile) {
                refused += compiler.compile(text) instanceof CelCompiler.Problems ? 1 : 0;
            }
            return refused;
        });
        new Thread(null, work, "small stack", 512 * 1024).start();
        assertTrue(work.get() > hostile.size() / 2);
    }

    @Test
    void theBoundsAreWhatTheySay() {
        assertCompiles("(".repeat(31) + "(true)" + ")".repeat(31));
        assertRefused("(".repeat(32) + "(true)" + ")".repeat(32), "brackets are nested more than 32 deep");
        assertCompiles("true" + "||true".repeat(Syntax.MOST_CHARACTERS / 6 - 1));
        assertRefused("1" + "-1".repeat(201) + "==1", "there are more than 200 operators and brackets");
        assertRefused("1" + "-1".repeat(40) + "==1", "the condition is nested more than 32 deep");
        assertCompiles("1" + "-1".repeat(30) + "==1");
        String value = "(true ? 1 : 2)";
        assertCompiles(String.join(" + ", value, value, value, value) + " == 4");
        assertRefused(String.join(" + ", value, value, value, value, value) + " == 5", "more than 4 choices");
    }

    private void assertCompiles(String text) {
        assertInstanceOf(CelCompiler.Compiled.class, compiler.compile(text), text);
    }

    private void assertRefused(String text, String message) {
        String told = assertInstanceOf(CelCompiler.Problems.class, compiler.compile(text), text)
                .problems()
                .get(0)
                .message();
        assertTrue(told.contains(message), told);
    }
}
