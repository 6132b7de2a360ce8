package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.CaseDefinition.Consent;
import io.meridian.edge.adapter.config.CaseDefinition.Draw;
import io.meridian.edge.adapter.config.CaseDefinition.Given;
import io.meridian.edge.adapter.config.CaseDefinition.Seen;
import io.meridian.edge.adapter.config.YamlNode.Entry;
import io.meridian.edge.adapter.config.YamlNode.Mapping;
import io.meridian.edge.adapter.config.YamlNode.Scalar;
import io.meridian.edge.adapter.config.YamlNode.ScalarType;
import io.meridian.edge.adapter.config.YamlNode.Sequence;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.frequency.FrequencyCap;
import io.meridian.edge.core.model.Exposures;
import io.meridian.edge.core.model.Nearest;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a case gives. What the case does not say is as in the file's {@code defaults}; profile and context are joined value by
 * value.
 */
final class GivenReader {
    private static final String CONSENT_ADVICE =
            "all, none, contextual, silent, a list of purposes, or { purposes: […], tcf: …, gpp: …, gppSid: […], gpc: …, usPrivacy: …, gdpr: … }";
    private static final int MAX_STRING = 64 * 1024;

    private final Problems problems;

    GivenReader(Problems problems) {
        this.problems = problems;
    }

    /** @param where the case, for what is missing */
    Given read(@Nullable Fields defaults, @Nullable Fields own, Where where) {
        List<Fields> said = new ArrayList<>();
        if (own != null) {
            said.add(own);
        }
        if (defaults != null) {
            said.add(defaults);
        }
        Located<Instant> at = first(said, "at", from -> from.parsed("at", Words::time, Words.TIME_ADVICE));
        if (at == null && said.stream().noneMatch(fields -> fields.has("at"))) {
            problems.add(where, "missing-key", "the time is missing", "write at: " + Words.TIME_ADVICE);
        }
        Given given = new Given(
                first(said, "market", from -> from.word("market", Format.ID)),
                first(said, "region", from -> from.word("region", Format.ID)),
                at,
                Boolean.TRUE.equals(first(said, "anonymous", from -> from.flag("anonymous", false))),
                Objects.requireNonNullElse(first(said, "ids", from -> ids(from.child("ids"))), List.of()),
                first(said, "request", from -> from.text("request", "")),
                values(said, "profile"),
                values(said, "context"),
                Objects.requireNonNullElse(first(said, "consent", this::consent), Consent.SILENT),
                first(said, "stored", from -> stored(from, at)),
                Objects.requireNonNullElse(first(said, "seen", this::seen), List.of()));
        said.forEach(Fields::end);
        return given;
    }

    private static <T> @Nullable T first(List<Fields> said, String key, Function<Fields, @Nullable T> reader) {
        T found = null;
        boolean taken = false;
        for (Fields fields : said) {
            T value = reader.apply(fields);
            if (!taken && fields.has(key)) {
                found = value;
                taken = true;
            }
        }
        return found;
    }

    private List<Located<List<String>>> ids(@Nullable Fields fields) {
        List<Located<List<String>>> ids = new ArrayList<>();
        if (fields != null) {
            for (Entry entry : fields.entries()) {
                String id = fields.text(entry.key(), "");
                if (id.isEmpty() || id.length() > SubjectId.MAX_LENGTH) {
                    problems.add(
                            entry.where(),
                            "bad-format",
                            "this is no id",
                            "1 to " + SubjectId.MAX_LENGTH + " characters");
                } else {
                    ids.add(new Located<>(List.of(entry.key(), id), entry.where()));
                }
            }
        }
        return ids;
    }

    private Map<String, Located<Object>> values(List<Fields> said, String key) {
        Map<String, Located<Object>> values = new LinkedHashMap<>();
        for (Fields fields : said) {
            Fields child = fields.child(key);
            if (child != null) {
                for (Entry entry : child.entries()) {
                    Object value = value(entry.value());
                    if (value != null) {
                        values.putIfAbsent(
                                entry.key(), new Located<>(value, entry.value().where()));
                    }
                }
            }
        }
        return values;
    }

    /** A value, a list of strings or a draw; null and a problem if it is none of them. */
    private @Nullable Object value(YamlNode node) {
        if (node instanceof Scalar scalar) {
            return switch (scalar.type()) {
                case BOOL -> scalar.text().equalsIgnoreCase("true");
                case INT -> Long.valueOf(scalar.text());
                case FLOAT -> Double.valueOf(scalar.text());
                case STRING -> scalar.text();
                case NULL -> {
                    problems.add(node.where(), "wrong-type", "this is nothing", "leave the key out: it is then absent");
                    yield null;
                }
            };
        }
        if (node instanceof Sequence list) {
            List<String> words = new ArrayList<>();
            for (YamlNode item : list.items()) {
                if (item instanceof Scalar scalar && scalar.type() == ScalarType.STRING) {
                    words.add(scalar.text());
                } else {
                    problems.add(
                            item.where(), "wrong-type", "this is " + item.kind(), "write text, in quotes if need be");
                }
            }
            return List.copyOf(words);
        }
        return draw(new Fields((Mapping) node, problems));
    }

    private Draw draw(Fields fields) {
        Map<Object, Double> weights = new LinkedHashMap<>();
        Fields oneOf = fields.child("oneOf");
        if (oneOf != null) {
            for (Entry entry : oneOf.entries()) {
                Located<Double> weight = oneOf.number(entry.key(), 0, 1e6);
                weights.put(word(entry.key()), weight == null ? 0 : weight.value());
            }
        }
        Located<Double> from = fields.number("from", -1e12, 1e12);
        Located<Double> to = fields.number("to", -1e12, 1e12);
        Located<Double> absent = fields.number("absent", 0, 1);
        fields.end();
        boolean range = from != null && to != null && from.value() <= to.value();
        if (weights.isEmpty() && !range) {
            problems.add(
                    fields.where(),
                    "missing-key",
                    "nothing says what is drawn",
                    "write { oneOf: { gold: 20, silver: 80 } } or { from: 0, to: 10 }, with absent: 0.3 if some have none");
        }
        return new Draw(
                weights,
                from == null ? 0 : from.value(),
                to == null ? 0 : to.value(),
                absent == null ? 0 : absent.value());
    }

    /** Keys of a mapping are read as scalars are. */
    private static Object word(String key) {
        return switch (YamlScalars.type(key, true)) {
            case BOOL -> key.equalsIgnoreCase("true");
            case INT -> Long.valueOf(key);
            case FLOAT -> Double.valueOf(key);
            case STRING, NULL -> key;
        };
    }

    private @Nullable Consent consent(Fields from) {
        YamlNode node = from.node("consent");
        if (node == null) {
            return null;
        }
        if (node instanceof Scalar scalar) {
            switch (scalar.text()) {
                case "all":
                    return ofPurposes(Purpose.ALL_BITS);
                case "none":
                    return ofPurposes(0);
                case "contextual":
                    return ofPurposes(Purpose.CONTEXTUAL.bit() | Purpose.CONTEXTUAL_ADS.bit());
                case "silent":
                    return Consent.SILENT;
                default:
                    problems.add(
                            node.where(),
                            "unknown-value",
                            "'" + scalar.text() + "' is no consent",
                            "write " + CONSENT_ADVICE);
                    return null;
            }
        }
        if (node instanceof Sequence list) {
            return ofPurposes(purposes(list.items()));
        }
        return signals(new Fields((Mapping) node, problems));
    }

    private static Consent ofPurposes(int mask) {
        return new Consent(mask, null, null, List.of(), false, null, null);
    }

    private Consent signals(Fields fields) {
        List<Integer> sections = new ArrayList<>();
        for (YamlNode node : fields.list("gppSid")) {
            if (node instanceof Scalar scalar
                    && scalar.type() == ScalarType.INT
                    && scalar.text().length() < 6) {
                sections.add(Integer.valueOf(scalar.text()));
            } else {
                problems.add(node.where(), "wrong-type", "this is " + node.kind(), "write the number of a GPP section");
            }
        }
        Consent consent = new Consent(
                fields.has("purposes") ? purposes(fields.list("purposes")) : null,
                string(fields, "tcf"),
                string(fields, "gpp"),
                sections,
                fields.flag("gpc", false),
                string(fields, "usPrivacy"),
                fields.has("gdpr") ? fields.flag("gdpr", true) : null);
        if (fields.has("purposes") && fields.has("tcf")) {
            problems.add(fields.where("tcf"), "duplicate", "purposes and tcf say the same", "keep one of the two");
        }
        fields.end();
        return consent;
    }

    private @Nullable String string(Fields fields, String key) {
        String text = fields.text(key, "");
        if (text.length() > MAX_STRING) {
            problems.add(fields.where(key), "too-large", "more than " + MAX_STRING + " characters", "");
        }
        return text.isEmpty() ? null : text;
    }

    /** Purposes by name or by their number in the TCF. */
    private int purposes(List<YamlNode> nodes) {
        Map<String, Purpose> known = new LinkedHashMap<>(Words.upperCase(Purpose.class));
        for (Purpose purpose : Purpose.values()) {
            known.put(Integer.toString(purpose.tcfId()), purpose);
        }
        int mask = 0;
        for (YamlNode node : nodes) {
            Purpose purpose = node instanceof Scalar scalar ? known.get(scalar.text()) : null;
            if (purpose != null) {
                mask |= purpose.bit();
            } else {
                String advice = node instanceof Scalar scalar ? Nearest.advice(scalar.text(), known.keySet()) : "";
                problems.add(
                        node.where(),
                        "unknown-value",
                        "this is no purpose",
                        advice.isEmpty() ? "write 1 to 11, or a name such as SELECT_CONTENT" : advice);
            }
        }
        return mask;
    }

    /** What was said a day before the case's time, unless it says when. */
    private @Nullable StoredConsent stored(Fields from, @Nullable Located<Instant> at) {
        YamlNode node = from.node("stored");
        if (node == null) {
            return null;
        }
        long said = at == null ? 0 : at.value().toEpochMilli() - 86_400_000;
        if (node instanceof Scalar scalar) {
            switch (scalar.text()) {
                case "all":
                    return new StoredConsent(Purpose.ALL_BITS, 0, 0, said, false);
                case "refused":
                    return new StoredConsent(0, 0, Purpose.ALL_BITS, said, false);
                case "erased":
                    return StoredConsent.tombstone(said);
                default:
                    problems.add(
                            node.where(),
                            "unknown-value",
                            "'" + scalar.text() + "' is no stored consent",
                            "write all, refused, erased, or { given: […], explicit: […], refused: […] }");
                    return null;
            }
        }
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        int explicit = purposes(fields.list("explicit"));
        StoredConsent stored = new StoredConsent(
                purposes(fields.list("given")) | explicit, explicit, purposes(fields.list("refused")), said, false);
        fields.end();
        return stored;
    }

    private List<Seen> seen(Fields from) {
        List<Seen> seen = new ArrayList<>();
        for (Fields one : from.children("seen")) {
            Located<String> offer = one.requiredWord("offer", Format.ID);
            Located<String> placement = one.requiredWord("placement", Format.ID);
            Located<Long> ago = one.parsed("ago", Words::duration, Words.DURATION_ADVICE);
            Located<Integer> times = one.whole("times", 1, Exposures.MAX_TIMES);
            one.end();
            if (ago != null && ago.value() > FrequencyCap.MAX_WINDOW_SECONDS) {
                problems.add(ago.where(), "out-of-range", "nothing is remembered that long", "give up to 32d");
            }
            if (offer != null && placement != null) {
                seen.add(new Seen(offer, placement, ago == null ? 60 : ago.value(), times == null ? 1 : times.value()));
            }
        }
        return seen;
    }
}
