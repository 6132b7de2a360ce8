package io.meridian.edge.cli.lab.cases;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.cli.lab.RuleBook;
import io.meridian.edge.cli.lab.cases.CaseResult.Difference;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.List;
import java.util.Locale;

/** What came of a run, for people and for scripts. */
public final class CaseReport {
    private final List<CaseResult.OfFile> files;
    private final Coverage coverage;

    CaseReport(List<CaseResult.OfFile> files, Coverage coverage) {
        this.files = files;
        this.coverage = coverage;
    }

    List<CaseResult.OfFile> files() {
        return files;
    }

    /** True if every case passed and every file could be run. */
    public boolean passed() {
        return failed() == 0 && problems() == 0;
    }

    /** How many cases were run. */
    public long cases() {
        return files.stream().mapToLong(file -> file.results().size()).sum();
    }

    private long failed() {
        return files.stream().mapToLong(CaseResult.OfFile::failed).sum();
    }

    private long problems() {
        return files.stream().mapToLong(file -> file.problems().size()).sum();
    }

    /** Of all that rules can be true and false, how much the cases have met: 0 to 100. */
    public double coveragePercent() {
        return coverage.percent();
    }

    /** The run, case by case. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (CaseResult.OfFile file : files) {
            text.append(file.file()).append('\n');
            file.problems()
                    .forEach(problem -> text.append("  ")
                            .append(problem.toString().replace("\n", "\n  "))
                            .append('\n'));
            for (CaseResult result : file.results()) {
                text.append(result.passed() ? "  ok    " : "  FAIL  ").append(result.name());
                text.append(result.passed() ? "" : "  (" + RuleBook.place(result.where()) + ")")
                        .append('\n');
                result.differences().forEach(difference -> difference(difference, "        ", text));
            }
        }
        text.append(files.isEmpty() ? "" : "\n").append(summary()).append('\n');
        return text.toString();
    }

    private String summary() {
        StringBuilder text = new StringBuilder();
        text.append(counted(cases(), "case"))
                .append(": ")
                .append(cases() - failed())
                .append(" passed, ");
        text.append(failed()).append(" failed");
        if (problems() > 0) {
            text.append("; ").append(counted(problems(), "problem")).append(" in files that were not run");
        }
        return text.append(". Coverage of rules ").append(percent()).append('.').toString();
    }

    private String percent() {
        return String.format(Locale.ROOT, "%.1f %%", coverage.percent());
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** One difference, as people read it and as it stands in JUnit's files. */
    static void difference(Difference difference, String indent, StringBuilder text) {
        text.append(indent).append(difference.what()).append(", ");
        text.append(RuleBook.place(difference.where())).append('\n');
        text.append(indent).append("  expected  ").append(difference.expected()).append('\n');
        text.append(indent).append("  got       ").append(difference.got()).append('\n');
        difference
                .why()
                .forEach(line -> text.append(indent).append("    ").append(line).append('\n'));
    }

    /** Which rules no case has met. */
    public String coverageText() {
        StringBuilder text = new StringBuilder("Coverage of rules: ").append(percent());
        text.append(", ")
                .append(coverage.sidesMet())
                .append(" of ")
                .append(coverage.sides())
                .append('\n');
        for (Coverage.Point point : coverage.points()) {
            if (!point.missing().isEmpty()) {
                text.append("  ")
                        .append(RuleBook.place(point.where))
                        .append(": ")
                        .append(point.what);
                text.append(" is ").append(point.missing());
                text.append(point.text.isEmpty() ? "" : ": " + point.text).append('\n');
            }
        }
        return text.toString();
    }

    /** The run and the coverage for scripts. */
    public ObjectNode json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("passed", passed());
        root.put("cases", cases());
        root.put("failed", failed());
        ArrayNode array = root.putArray("files");
        for (CaseResult.OfFile file : files) {
            ObjectNode one = array.addObject().put("file", file.file());
            ArrayNode problems = one.putArray("problems");
            file.problems().forEach(problem -> problems.add(problem.toString()));
            ArrayNode results = one.putArray("results");
            file.results().forEach(result -> result(result, results.addObject()));
        }
        root.set("coverage", coverageJson());
        return root;
    }

    private static void result(CaseResult result, ObjectNode into) {
        into.put("name", result.name()).put("passed", result.passed());
        where(result.where(), into);
        ArrayNode differences = into.putArray("differences");
        for (Difference difference : result.differences()) {
            ObjectNode one = differences.addObject().put("what", difference.what());
            where(difference.where(), one);
            one.put("expected", difference.expected()).put("got", difference.got());
            ArrayNode why = one.putArray("why");
            difference.why().forEach(why::add);
        }
    }

    /** The coverage alone for scripts. */
    public ObjectNode coverageJson() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("percent", Math.rint(coverage.percent() * 10) / 10);
        root.put("met", coverage.sidesMet()).put("of", coverage.sides());
        ArrayNode missing = root.putArray("missing");
        for (Coverage.Point point : coverage.points()) {
            if (!point.missing().isEmpty()) {
                ObjectNode one = missing.addObject().put("what", point.what).put("missing", point.missing());
                where(point.where, one);
                one.put("when", point.text);
            }
        }
        return root;
    }

    private static void where(Where where, ObjectNode into) {
        into.put("file", where.file()).put("line", where.line()).put("column", where.column());
    }
}
