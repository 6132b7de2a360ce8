package io.meridian.edge.benchmark.rules;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One rule in the language of each engine it is measured on: all of its tests must hold.
 *
 * @param tests at least one
 */
public record Rule(List<Test> tests) {
    /**
     * A part of a rule.
     *
     * @param cel as teams write it
     * @param jsonLogic the same as JSON Logic
     * @param java the same as code over a visitor's attributes by full name
     */
    public record Test(String cel, String jsonLogic, Predicate<Map<String, Object>> java) {}

    public String cel() {
        return tests.stream().map(Test::cel).collect(Collectors.joining(" && "));
    }

    public String jsonLogic() {
        return tests.stream().map(Test::jsonLogic).collect(Collectors.joining(",", "{\"and\":[", "]}"));
    }

    public boolean matches(Map<String, Object> visitor) {
        for (Test test : tests) {
            if (!test.java.test(visitor)) {
                return false;
            }
        }
        return true;
    }
}
