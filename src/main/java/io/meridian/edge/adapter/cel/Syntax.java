package io.meridian.edge.adapter.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.projectnessie.cel.parser.StringCharStream;
import org.projectnessie.cel.parser.gen.CELLexer;
import org.projectnessie.cel.parser.gen.CELParser;
import org.projectnessie.cel.shaded.org.antlr.v4.runtime.BaseErrorListener;
import org.projectnessie.cel.shaded.org.antlr.v4.runtime.CommonTokenStream;
import org.projectnessie.cel.shaded.org.antlr.v4.runtime.RecognitionException;
import org.projectnessie.cel.shaded.org.antlr.v4.runtime.Recognizer;
import org.projectnessie.cel.shaded.org.antlr.v4.runtime.Token;

/**
 * Looks at a condition's form before the CEL library does.
 *
 * <p>Bounds come first, over the tokens of the library's own lexer: its parser and checker recurse and would run out of stack.
 * Then the grammar, with the library's generated parser but our own listener: the library leaves ANTLR's default one in place, which
 * prints to the standard error stream. Of several faults of form only the first is told; the others mostly follow from it.
 */
final class Syntax {
    static final int MOST_CHARACTERS = 1024;
    static final int DEEPEST = 32;
    static final int MOST_OPERATORS = 200;

    private static final String SPLIT = "make segments of its parts";
    private static final Map<String, String> MEANT = Map.of(
            "and",
            "write &&",
            "or",
            "write ||",
            "not",
            "write !",
            "=",
            "write ==",
            "AND",
            "write &&",
            "OR",
            "write ||");

    private final Positions positions;
    private final List<CelProblem> problems = new ArrayList<>();

    private Syntax(Positions positions) {
        this.positions = positions;
    }

    /** The first fault of form, null if there is none. */
    static @Nullable CelProblem check(String text, Positions positions) {
        if (text.length() > MOST_CHARACTERS) {
            String message =
                    "the condition has " + text.length() + " characters, at most " + MOST_CHARACTERS + " are allowed";
            return new CelProblem(1, 1, message, SPLIT);
        }
        if (text.isBlank()) {
            return new CelProblem(1, 1, "the condition is empty", "leave it out if it should always hold");
        }
        Syntax syntax = new Syntax(positions);
        syntax.run(text);
        return syntax.problems.isEmpty() ? null : syntax.problems.get(0);
    }

    private void run(String text) {
        CELLexer lexer = new CELLexer(new StringCharStream(text, "condition"));
        lexer.removeErrorListeners();
        lexer.addErrorListener(new Listener(text));
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        if (problems.isEmpty()) {
            checkBounds(tokens.getTokens());
        }
        if (problems.isEmpty()) {
            CELParser parser = new CELParser(tokens);
            parser.removeErrorListeners();
            parser.addErrorListener(new Listener(text));
            parser.start();
        }
    }

    private void checkBounds(List<Token> tokens) {
        int operators = 0;
        int depth = 0;
        int dots = 0;
        for (Token token : tokens) {
            switch (token.getType()) {
                case CELLexer.LPAREN, CELLexer.LBRACE, CELLexer.LBRACKET -> {
                    depth++;
                    operators++;
                    dots = 0;
                }
                case CELLexer.RPAREN, CELLexer.RBRACE, CELLexer.RPRACKET -> depth--;
                case CELLexer.DOT -> dots++;
                case CELLexer.IDENTIFIER, CELLexer.WHITESPACE, CELLexer.COMMENT -> {
                    // Parts of a name, or nothing.
                }
                case CELLexer.COMMA,
                        CELLexer.COLON,
                        CELLexer.TRUE,
                        CELLexer.FALSE,
                        CELLexer.NULL,
                        CELLexer.STRING,
                        CELLexer.BYTES,
                        CELLexer.NUM_FLOAT,
                        CELLexer.NUM_INT,
                        CELLexer.NUM_UINT -> dots = 0;
                default -> {
                    operators++;
                    dots = 0;
                }
            }
            String broken = broken(depth, operators, dots);
            if (broken != null) {
                problems.add(positions.problem(token.getStartIndex(), broken, SPLIT));
                return;
            }
        }
    }

    private static @Nullable String broken(int depth, int operators, int dots) {
        if (depth > DEEPEST) {
            return "brackets are nested more than " + DEEPEST + " deep";
        }
        if (operators > MOST_OPERATORS) {
            return "there are more than " + MOST_OPERATORS + " operators and brackets";
        }
        return dots > DEEPEST ? "a name has more than " + DEEPEST + " parts" : null;
    }

    private final class Listener extends BaseErrorListener {
        private final String text;

        Listener(String text) {
            this.text = text;
        }

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                Object offending,
                int line,
                int column,
                String message,
                RecognitionException exception) {
            int offset = offset(line, column);
            if (offending instanceof Token token && token.getType() == Token.EOF) {
                problems.add(positions.problem(offset, "the condition ends where more is expected", ""));
                return;
            }
            String found = offending instanceof Token token ? token.getText() : unreadable(offset);
            problems.add(positions.problem(offset, "unexpected " + found, MEANT.getOrDefault(found, "")));
        }

        /** What the lexer could not read: a string that does not end, or a character CEL has no use for. */
        private String unreadable(int offset) {
            if (offset >= text.length()) {
                return "end";
            }
            String first = Character.toString(text.codePointAt(offset));
            return first.equals("\"") || first.equals("'") ? first + " of a string without end" : first;
        }

        private int offset(int line, int column) {
            int start = 0;
            for (int i = 1; i < line; i++) {
                start = text.indexOf('\n', start) + 1;
            }
            return start + column;
        }
    }
}
