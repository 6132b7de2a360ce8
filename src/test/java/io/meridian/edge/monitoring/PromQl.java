package io.meridian.edge.monitoring;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the part of PromQL that the alerts and the dashboard are written in; anything else is an error, with its place. {@code promtool}
 * is the authority, this is what the build can always run.
 */
final class PromQl {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\\d+(?:\\.\\d+)?(?:ms|[smhdwy])?)|([a-zA-Z_:][\\w:]*)|(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*')"
                    + "|(=~|!~|!=|==|>=|<=|[-+*/%^<>=(){}\\[\\],]))");
    private static final Set<String> AGGREGATIONS = Set.of("sum", "avg", "min", "max", "count");
    private static final Map<String, Integer> FUNCTIONS =
            Map.of("rate", 1, "increase", 1, "changes", 1, "max_over_time", 1, "histogram_quantile", 2, "absent", 1);
    private static final List<Set<String>> BINARY = List.of(
            Set.of("or"),
            Set.of("and", "unless"),
            Set.of("==", "!=", "<", ">", "<=", ">="),
            Set.of("+", "-"),
            Set.of("*", "/", "%"));

    /**
     * Series an expression asks for.
     *
     * @param matchers label to operator and value
     */
    record Selector(String metric, Map<String, String[]> matchers) {}

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    final List<Selector> selectors = new ArrayList<>();

    /** Labels in {@code by}, {@code on} and {@code group_left}. */
    final Set<String> labels = new HashSet<>();

    private PromQl(String text) {
        this.text = text;
        Matcher token = TOKEN.matcher(text.strip());
        int at = 0;
        while (token.lookingAt()) {
            tokens.add(token.group().strip());
            at = token.end();
            token.region(at, text.strip().length());
        }
        if (at < text.strip().length()) {
            throw new IllegalArgumentException("not PromQL from character " + at + ": " + text);
        }
    }

    static PromQl parse(String text) {
        PromQl parsed = new PromQl(text);
        parsed.binary(0);
        if (parsed.next < parsed.tokens.size()) {
            throw parsed.unexpected("the end");
        }
        return parsed;
    }

    private void binary(int level) {
        if (level == BINARY.size()) {
            unary();
            return;
        }
        binary(level + 1);
        while (BINARY.get(level).contains(peek())) {
            take();
            if (peek().equals("bool")) {
                take();
            }
            if (peek().equals("on") || peek().equals("ignoring")) {
                take();
                labelList();
                if (peek().equals("group_left") || peek().equals("group_right")) {
                    take();
                    if (peek().equals("(")) {
                        labelList();
                    }
                }
            }
            binary(level + 1);
        }
    }

    private void unary() {
        String token = take();
        if (token.equals("(")) {
            binary(0);
            expect(")");
        } else if (token.matches("\\d+(\\.\\d+)?")) {
            return;
        } else if (AGGREGATIONS.contains(token)) {
            aggregation();
        } else if (FUNCTIONS.containsKey(token)) {
            arguments(FUNCTIONS.get(token));
        } else if (token.matches("[a-zA-Z_:][\\w:]*")) {
            selector(token);
        } else {
            next--;
            throw unexpected("an expression");
        }
    }

    private void aggregation() {
        boolean grouped = grouping();
        arguments(1);
        if (!grouped) {
            grouping();
        }
    }

    private boolean grouping() {
        if (!peek().equals("by") && !peek().equals("without")) {
            return false;
        }
        take();
        labelList();
        return true;
    }

    private void arguments(int count) {
        expect("(");
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                expect(",");
            }
            binary(0);
        }
        expect(")");
    }

    private void selector(String metric) {
        Map<String, String[]> matchers = new LinkedHashMap<>();
        if (peek().equals("{")) {
            take();
            while (!peek().equals("}")) {
                String label = take();
                String operator = take();
                String value = take();
                if (!Set.of("=", "!=", "=~", "!~").contains(operator) || !value.matches("[\"'].*[\"']")) {
                    throw unexpected("a matcher of a label");
                }
                matchers.put(label, new String[] {operator, value.substring(1, value.length() - 1)});
                if (!peek().equals("}")) {
                    expect(",");
                }
            }
            take();
        }
        if (peek().equals("[")) {
            take();
            duration();
            expect("]");
        }
        if (peek().equals("offset")) {
            take();
            duration();
        }
        selectors.add(new Selector(metric, matchers));
    }

    private void duration() {
        if (!take().matches("\\d+(ms|[smhdwy])")) {
            next--;
            throw unexpected("a duration");
        }
    }

    private void labelList() {
        expect("(");
        while (!peek().equals(")")) {
            labels.add(take());
            if (!peek().equals(")")) {
                expect(",");
            }
        }
        take();
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
        if (next == tokens.size()) {
            throw unexpected("more");
        }
        return tokens.get(next++);
    }

    private void expect(String token) {
        if (!peek().equals(token)) {
            throw unexpected(token);
        }
        next++;
    }

    private IllegalArgumentException unexpected(String wanted) {
        String found = peek().isEmpty() ? "the end" : peek();
        return new IllegalArgumentException("wanted " + wanted + ", found " + found + " (word " + next + "): " + text);
    }
}
