package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.CaseDefinition.Absent;
import io.meridian.edge.adapter.config.CaseDefinition.Expected;
import io.meridian.edge.adapter.config.CaseDefinition.Share;
import io.meridian.edge.adapter.config.YamlNode.Entry;
import io.meridian.edge.adapter.config.YamlNode.Mapping;
import io.meridian.edge.adapter.config.YamlNode.Scalar;
import io.meridian.edge.adapter.config.YamlNode.Sequence;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.model.Degradation;
import io.meridian.edge.core.model.PlacementRequest;
import io.meridian.edge.core.model.Rung;
import io.meridian.edge.core.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a file of cases. What is wrong becomes a problem at its place, and the reading goes on around it. */
public final class CaseReader {
    /** The most cases of one file. */
    public static final int MAX_CASES = 1_000;

    /** The most visitors of one case. */
    public static final int MAX_VISITORS = 100_000;

    /**
     * A file's cases.
     *
     * @param problems what is wrong; a file with problems is not run
     */
    public record CaseFile(String file, List<CaseDefinition> cases, List<Problem> problems) {}

    private final Problems problems = new Problems();

    private CaseReader() {}

    /** @param path relative to the configuration */
    public static CaseFile read(String path, byte[] bytes) {
        CaseReader reader = new CaseReader();
        String text = ConfigFolder.text(path, bytes, reader.problems);
        YamlNode root = text == null ? null : YamlParser.parse(path, text, reader.problems);
        Fields file = root == null ? null : Fields.of(root, reader.problems);
        List<CaseDefinition> cases = file == null ? List.of() : reader.cases(file);
        // The defaults are read for each case, their problems are told once.
        return new CaseFile(
                path, cases, reader.problems.all().stream().distinct().toList());
    }

    private List<CaseDefinition> cases(Fields file) {
        Fields defaults = file.child("defaults");
        file.require("cases", "a list of cases");
        file.nonEmpty("cases", "write a case, or delete the file");
        List<Fields> written = file.children("cases");
        file.end();
        if (written.size() > MAX_CASES) {
            problems.add(file.where("cases"), "too-large", "more than " + MAX_CASES + " cases", "split the file");
            return List.of();
        }
        List<CaseDefinition> cases = new ArrayList<>();
        for (Fields one : written) {
            cases.add(one(one, defaults));
        }
        return cases;
    }

    private CaseDefinition one(Fields fields, @Nullable Fields defaults) {
        fields.require("name", "one sentence on what is so");
        String name = fields.text("name", "");
        Located<Integer> visitors = fields.whole("visitors", 1, MAX_VISITORS);
        Located<Integer> seed = fields.whole("seed", 0, Integer.MAX_VALUE);
        CaseDefinition.Given given = new GivenReader(problems).read(defaults, fields.child("given"), fields.where());
        fields.require("expect", "what is expected, by placement");
        Fields expect = fields.child("expect");
        fields.end();
        List<Expected> placements = new ArrayList<>();
        Located<Boolean> personalised = null;
        Located<List<String>> degraded = null;
        if (expect != null) {
            if (expect.has("personalised")) {
                personalised = new Located<>(expect.flag("personalised", true), expect.where("personalised"));
            }
            if (expect.has("degraded")) {
                degraded = new Located<>(degraded(expect), expect.where("degraded"));
            }
            placements(expect, visitors != null, placements);
        }
        return new CaseDefinition(
                name,
                fields.where(),
                given,
                visitors == null ? 1 : visitors.value(),
                seed == null ? 1 : seed.value(),
                placements,
                personalised,
                degraded);
    }

    private List<String> degraded(Fields expect) {
        List<String> codes = new ArrayList<>();
        for (YamlNode node : expect.list("degraded")) {
            Degradation code = expect.choice(node, Words.upperCase(Degradation.class));
            if (code != null) {
                codes.add(code.name());
            }
        }
        return codes;
    }

    private void placements(Fields expect, boolean many, List<Expected> into) {
        for (Entry entry : expect.entries()) {
            if (entry.key().equals("personalised") || entry.key().equals("degraded")) {
                continue;
            }
            Fields fields = Fields.of(entry.value(), problems);
            if (fields != null) {
                into.add(placement(new Located<>(entry.key(), entry.where()), fields, many));
            }
        }
        if (into.isEmpty()) {
            problems.add(expect.where(), "missing-key", "no placement is asked for", "write placement: { offer: … }");
        }
        if (into.size() > PlacementRequest.MAX_PLACEMENTS) {
            problems.add(
                    expect.where(), "too-large", "more than " + PlacementRequest.MAX_PLACEMENTS + " placements", "");
        }
    }

    private Expected placement(Located<String> placement, Fields fields, boolean many) {
        List<Located<String>> offers = oneOrMore(fields, "offer", "offers");
        List<Located<String>> variants = oneOrMore(fields, "variant", "variants");
        Rung reason = fields.choice("reason", Words.upperCase(Rung.class));
        Located<Integer> count = fields.whole("count", 1, PlacementRequest.MAX_COUNT);
        Map<String, Located<String>> content = content(fields);
        List<Share> shares = shares(fields.child("share"));
        Map<String, List<Share>> variantShares = new LinkedHashMap<>();
        Fields byOffer = fields.child("variantShare");
        if (byOffer != null) {
            for (Entry entry : byOffer.entries()) {
                variantShares.put(entry.key(), shares(Fields.of(entry.value(), problems)));
            }
        }
        if (!many && (fields.has("share") || fields.has("variantShare"))) {
            problems.add(
                    fields.where(),
                    "missing-key",
                    "a share needs visitors",
                    "write visitors: 2000 and seed: 1 beside the case's name");
        }
        Expected expected = new Expected(
                placement,
                count != null ? count.value() : offers == null ? 1 : Math.max(1, offers.size()),
                offers,
                fields.words("includes", Format.ID),
                variants,
                reason == null ? null : new Located<>(reason, fields.where("reason")),
                fields.has("fallback") ? new Located<>(fields.flag("fallback", true), fields.where("fallback")) : null,
                absent(fields),
                content,
                shares,
                variantShares);
        fields.end();
        return expected;
    }

    /** {@code offer: a} or {@code offers: [a, b]}; null if neither is there. */
    private @Nullable List<Located<String>> oneOrMore(Fields fields, String one, String more) {
        if (fields.has(one) && fields.has(more)) {
            problems.add(fields.where(one), "duplicate", "'" + one + "' and '" + more + "' say the same", "keep one");
        }
        boolean several = fields.has(more);
        List<Located<String>> words = fields.words(more, Format.ID);
        Located<String> word = fields.word(one, Format.ID);
        return several ? words : word == null ? null : List.of(word);
    }

    /** Words, or {@code { offer: …, because: …, by: … }}. */
    private List<Absent> absent(Fields fields) {
        List<Absent> absent = new ArrayList<>();
        for (YamlNode node : fields.list("absent")) {
            if (node instanceof Mapping mapping) {
                Fields one = new Fields(mapping, problems);
                Located<String> offer = one.requiredWord("offer", Format.ID);
                Verdict because = one.choice("because", Words.upperCase(Verdict.class));
                Located<String> by = one.word("by", Format.ID);
                one.end();
                if (offer != null) {
                    absent.add(new Absent(offer, because, by == null ? null : by.value()));
                }
            } else if (node instanceof Scalar scalar) {
                absent.add(new Absent(new Located<>(scalar.text(), scalar.where()), null, null));
            } else if (node instanceof Sequence) {
                problems.add(node.where(), "wrong-type", "this is a list", "write offers' ids");
            }
        }
        return absent;
    }

    private Map<String, Located<String>> content(Fields fields) {
        Map<String, Located<String>> content = new LinkedHashMap<>();
        Fields texts = fields.child("content");
        if (texts != null) {
            for (Entry entry : texts.entries()) {
                content.put(entry.key(), new Located<>(texts.text(entry.key(), ""), entry.where()));
            }
        }
        return content;
    }

    private List<Share> shares(@Nullable Fields fields) {
        List<Share> shares = new ArrayList<>();
        if (fields == null) {
            return shares;
        }
        for (Entry entry : fields.entries()) {
            Fields bounds = Fields.of(entry.value(), problems);
            if (bounds == null) {
                continue;
            }
            Located<Double> min = bounds.number("min", 0, 1);
            Located<Double> max = bounds.number("max", 0, 1);
            if (!bounds.has("min") && !bounds.has("max")) {
                bounds.missing("min", "write { min: 0.2, max: 0.4 }, or one of them");
            }
            bounds.end();
            double low = min == null ? 0 : min.value();
            double high = max == null ? 1 : max.value();
            if (low > high) {
                problems.add(bounds.where(), "out-of-range", "min is above max", "");
            }
            shares.add(new Share(new Located<>(entry.key(), entry.where()), low, high));
        }
        return shares;
    }
}
