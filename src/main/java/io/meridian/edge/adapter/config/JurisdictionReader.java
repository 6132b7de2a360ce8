package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.YamlNode.Scalar;
import io.meridian.edge.core.bundle.definition.JurisdictionsDefinition;
import io.meridian.edge.core.bundle.definition.JurisdictionsDefinition.Need;
import io.meridian.edge.core.bundle.definition.JurisdictionsDefinition.Regime;
import io.meridian.edge.core.bundle.definition.JurisdictionsDefinition.Tcf;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.model.Basis;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.SignalFramework;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code global/jurisdictions.yaml}. */
final class JurisdictionReader {
    private static final int MAX_VENDOR = 65_535;
    private static final Map<String, DataClass> CLASSES = Words.lowerCase(DataClass.class);
    private static final Map<String, Purpose> PURPOSES = Words.upperCase(Purpose.class);
    private static final Map<String, Basis> BASES = Words.lowerCase(Basis.class);
    private static final Map<String, SignalFramework> SIGNALS = Words.lowerCase(SignalFramework.class);
    private static final Map<String, Boolean> TCF_BASES = Words.either("publisher", "vendor");

    private final Problems problems;

    JurisdictionReader(Problems problems) {
        this.problems = problems;
    }

    JurisdictionsDefinition read(Fields file) {
        Located<String> strictest = file.requiredWord("strictest", Format.ID);
        file.require("regimes", "a list of regimes");
        List<Regime> regimes = new ArrayList<>();
        for (Fields fields : file.children("regimes")) {
            Regime regime = regime(fields);
            if (regime != null) {
                regimes.add(regime);
            }
        }
        file.end();
        return new JurisdictionsDefinition(strictest, regimes);
    }

    private @Nullable Regime regime(Fields fields) {
        Located<String> id = fields.requiredWord("id", Format.ID);
        fields.text("description", "");
        fields.text("source", "");
        List<Located<String>> countries = Places.countries(fields, "countries", problems);
        fields.nonEmpty("subdivisions", "name a subdivision such as US-CA, or leave it out");
        List<Located<String>> subdivisions = fields.words("subdivisions", Format.SUBDIVISION);
        List<Located<SignalFramework>> signals = new ArrayList<>();
        for (YamlNode item : fields.list("signals")) {
            SignalFramework signal = fields.choice(item, SIGNALS);
            if (signal != null) {
                signals.add(new Located<>(signal, item.where()));
            }
        }
        Tcf tcf = tcf(fields.child("tcf"));
        fields.require("needs", "a list that maps every class and purpose to what it needs");
        int before = problems.count();
        List<Need> needs = new ArrayList<>();
        for (Fields need : fields.children("needs")) {
            List<DataClass> classes = members(need, "classes", CLASSES);
            List<Purpose> purposes = members(need, "purposes", PURPOSES);
            need.require("basis", "one of " + String.join(", ", BASES.keySet()));
            Basis basis = need.choice("basis", BASES);
            need.end();
            if (basis != null) {
                needs.add(new Need(classes, purposes, basis, need.where()));
            }
        }
        boolean readable = problems.count() == before && fields.has("needs");
        fields.end();
        return id == null ? null : new Regime(id, countries, subdivisions, signals, tcf, needs, readable);
    }

    private @Nullable Tcf tcf(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        fields.require("basis", "publisher or vendor");
        Boolean vendor = fields.choice("basis", TCF_BASES);
        Located<Integer> number = fields.whole("vendor", 1, MAX_VENDOR);
        if (Boolean.TRUE.equals(vendor)) {
            fields.require("vendor", "the number in the Global Vendor List");
        } else if (number != null && vendor != null) {
            problems.add(number.where(), "unexpected-key", "'vendor' goes with the basis vendor", "leave it out");
        }
        fields.end();
        return new Tcf(Boolean.TRUE.equals(vendor) && number != null ? number.value() : 0, fields.where());
    }

    /** A list of words, or the word {@code all}. */
    private <E> List<E> members(Fields fields, String key, Map<String, E> choices) {
        fields.require(key, "a list of " + String.join(", ", choices.keySet()) + ", or all");
        YamlNode node = fields.node(key);
        if (node instanceof Scalar scalar && scalar.text().equals("all")) {
            return List.copyOf(choices.values());
        }
        List<E> members = new ArrayList<>();
        for (YamlNode item : fields.list(key)) {
            if (item instanceof Scalar scalar && scalar.text().equals("all")) {
                members.addAll(choices.values());
                continue;
            }
            E member = fields.choice(item, choices);
            if (member != null) {
                members.add(member);
            }
        }
        return members;
    }
}
