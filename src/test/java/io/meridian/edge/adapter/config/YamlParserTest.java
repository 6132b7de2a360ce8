package io.meridian.edge.adapter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.bundle.definition.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlParserTest {
    private final Problems problems = new Problems();

    @Test
    void refusesWhatIsNestedTooDeep() {
        String deep = "[".repeat(YamlParser.MAX_DEPTH + 1) + "]".repeat(YamlParser.MAX_DEPTH + 1);
        assertNull(parse(deep));
        assertEquals("nested more than 32 deep", only().message());
        assertEquals(YamlParser.MAX_DEPTH + 1, only().column());
    }

    @Test
    void takesTheDeepestThatIsAllowed() {
        assertNotNull(parse("[".repeat(YamlParser.MAX_DEPTH) + "]".repeat(YamlParser.MAX_DEPTH)));
    }

    @Test
    void nestingThatWouldOverflowAStackIsRefusedLikewise() {
        assertNull(parse("[".repeat(YamlParser.MAX_LINE)));
        assertEquals("nested more than 32 deep", only().message());
    }

    @Test
    void refusesTooManyValues() {
        assertNull(parse("[" + "1,\n".repeat(YamlParser.MAX_NODES) + "1]"));
        assertTrue(only().message().startsWith("more than " + YamlParser.MAX_NODES + " values"));
    }

    @Test
    void refusesLinesThatTakeTheLibraryTooLong() {
        assertNull(parse("a: 1\n#" + "x".repeat(YamlParser.MAX_LINE)));
        assertEquals("the line is longer than 65536 characters", only().message());
        assertEquals(2, only().line());
        assertNotNull(parse("#" + "x".repeat(YamlParser.MAX_LINE - 1) + "\na: 1"));
    }

    @Test
    void refusesAliasesBeforeTheyMultiply() {
        assertNull(parse("a: &a [x, x]\nb: &b [*a, *a]\n"));
        assertEquals(
                List.of("f.yaml:1:4", "f.yaml:2:4", "f.yaml:2:8"),
                problems.all().stream()
                        .map(problem -> problem.file() + ":" + problem.line() + ":" + problem.column())
                        .toList());
    }

    @Test
    void refusesTagsDocumentsAndControlCharacters() {
        parse("a: !!java.net.URL [x]");
        parse("a: 1\n---\nb: 2\n");
        parse("a: x\u0007y");
        assertEquals(
                List.of("1:4 tags", "2:1 a second document", "1:5 the character U+0007"),
                problems.all().stream()
                        .map(problem -> problem.line() + ":" + problem.column() + " " + problem.message())
                        .map(text -> text.replaceAll(" (\\(tag|begins|cannot).*", ""))
                        .toList());
    }

    @Test
    void aDoubledKeyIsReportedWhereItStandsAgain() {
        YamlNode.Mapping root = (YamlNode.Mapping) parse("a: 1\nb: 2\na: 3\n");
        assertNotNull(root);
        assertEquals(2, root.entries().size());
        assertEquals(3, only().line());
        assertEquals("'a' is already set in line 1", only().message());
    }

    @Test
    void anEmptyFileIsAnEmptyMapping() {
        assertTrue(((YamlNode.Mapping) parse("# nothing\n")).entries().isEmpty());
        assertTrue(((YamlNode.Mapping) parse("")).entries().isEmpty());
        assertEquals(0, problems.count());
    }

    private YamlNode parse(String text) {
        return YamlParser.parse("f.yaml", text, problems);
    }

    private Problem only() {
        assertEquals(1, problems.count(), () -> problems.all().toString());
        return problems.all().get(0);
    }
}
