package io.meridian.edge.adapter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.bundle.definition.ConditionText;
import io.meridian.edge.core.bundle.definition.Where;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlScalarsTest {
    /** A mark at every place of interest: {@code @} in the decoded text must stand at the {@code @} of the file. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "when: a @ b @",
                "when:    'a @ b ''x'' @'",
                "when: \"a @ \\\"x\\\" \\u0041 \\x41 \\U00000041 \\n @\"",
                "deep:\n  - when: 'é @ 😀 @'",
                "when: |\n  a == 1\n    && @\n  @",
                "when: |2-\n    a\n  @\n\n  @ b",
                "when: >-\n  a @\n  b\n\n  c @\n     @ d\n  e",
                "when: a\n  @ b\n\n\n  @ c",
                "when: 'a\n  @ b\n\n  @ c'",
                "when: \"a \\\n   @ b\\\n   \\  @ \\t @\"",
                "{ x: 1, when: \"a\n  @\" }",
            })
    void everyCharacterKnowsItsPlace(String yaml) {
        Problems problems = new Problems();
        YamlNode root = YamlParser.parse("f.yaml", yaml, problems);
        assertEquals(0, problems.count(), () -> problems.all().toString());
        ConditionText text = YamlScalars.condition(find(assertInstanceOf(YamlNode.class, root)));
        int line = 1;
        int column = 1;
        int marks = 0;
        int[] decoded = text.text().codePoints().toArray();
        int searchFrom = 0;
        for (int codePoint : decoded) {
            if (codePoint == '@') {
                int at = yaml.indexOf('@', searchFrom);
                assertEquals(place(yaml, at), text.at(line, column), text.text());
                searchFrom = at + 1;
                marks++;
            }
            line += codePoint == '\n' ? 1 : 0;
            column = codePoint == '\n' ? 1 : column + 1;
        }
        assertTrue(marks > 0);
        assertEquals(-1, yaml.indexOf('@', searchFrom));
    }

    @Test
    void aPlacePastTheEndIsTheEnd() {
        YamlNode root = YamlParser.parse("f.yaml", "when: 'abc'", new Problems());
        ConditionText text = YamlScalars.condition(find(assertInstanceOf(YamlNode.class, root)));
        assertEquals(new Where("f.yaml", 1, 11), text.at(1, 4));
        assertEquals(new Where("f.yaml", 1, 11), text.at(9, 9));
    }

    @Test
    void plainScalarsFollowTheCoreSchema() {
        assertEquals(YamlNode.ScalarType.STRING, YamlScalars.type("no", true));
        assertEquals(YamlNode.ScalarType.INT, YamlScalars.type("012", true));
        assertEquals(YamlNode.ScalarType.FLOAT, YamlScalars.type("-1.5e3", true));
        assertEquals(YamlNode.ScalarType.STRING, YamlScalars.type("1", false));
        assertEquals(YamlNode.ScalarType.NULL, YamlScalars.type("", true));
        assertEquals(YamlNode.ScalarType.STRING, YamlScalars.type("1_000", true));
    }

    private static Where place(String yaml, int index) {
        String before = yaml.substring(0, index);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        String sameLine = before.substring(before.lastIndexOf('\n') + 1);
        return new Where("f.yaml", line, 1 + sameLine.codePointCount(0, sameLine.length()));
    }

    private static YamlNode.Scalar find(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            for (YamlNode.Entry entry : mapping.entries()) {
                if (entry.key().equals("when")) {
                    return (YamlNode.Scalar) entry.value();
                }
                if (!(entry.value() instanceof YamlNode.Scalar)) {
                    return find(entry.value());
                }
            }
        }
        return find(((YamlNode.Sequence) node).items().get(0));
    }
}
