package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.JurisdictionsDefinition;
import io.meridian.edge.core.bundle.definition.JurisdictionsDefinition.Need;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.consent.TcfBasis;
import io.meridian.edge.core.model.Basis;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Jurisdiction;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.SignalFramework;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the table of regimes to {@link Jurisdictions}. A pair nobody mapped is a problem, never a default. */
final class JurisdictionCompiler {
    private final Findings findings;

    JurisdictionCompiler(Findings findings) {
        this.findings = findings;
    }

    /**
     * Null if there is a problem that leaves no strictest or no home regime; the regimes by id go to {@code known}.
     *
     * @param home the region's regime; null if it could not be read
     */
    @Nullable
    Jurisdictions compile(
            JurisdictionsDefinition definition,
            @Nullable Located<String> home,
            Map<String, Jurisdictions.Regime> known) {
        Map<String, Jurisdictions.Regime> regimes = new LinkedHashMap<>();
        Map<String, Jurisdictions.Regime> byPlace = new HashMap<>();
        Map<String, Where> ids = new HashMap<>();
        Map<String, Where> places = new HashMap<>();
        for (JurisdictionsDefinition.Regime regime : definition.regimes()) {
            if (!findings.first(ids, regime.id(), "the regime")) {
                continue;
            }
            Jurisdictions.Regime compiled = regime(regime);
            regimes.put(regime.id().value(), compiled);
            List<Located<String>> all = new ArrayList<>(regime.countries());
            all.addAll(regime.subdivisions());
            for (Located<String> place : all) {
                if (findings.first(places, place, "the place")) {
                    byPlace.put(place.value(), compiled);
                }
            }
        }
        known.putAll(regimes);
        sameTcfBasis(definition);
        Jurisdictions.Regime strictest = find(definition.strictest(), regimes);
        Jurisdictions.Regime ofHome = find(home, regimes);
        return strictest == null || ofHome == null
                ? null
                : new Jurisdictions(strictest, byPlace, List.copyOf(regimes.values()), ofHome);
    }

    private Jurisdictions.@Nullable Regime find(
            @Nullable Located<String> reference, Map<String, Jurisdictions.Regime> regimes) {
        if (reference == null || !findings.knows(reference, regimes.keySet(), Kind.REGIME)) {
            return null;
        }
        return regimes.get(reference.value());
    }

    /** Two regimes may apply to one visitor, and a permission to one party is none to the other. */
    private void sameTcfBasis(JurisdictionsDefinition definition) {
        JurisdictionsDefinition.Tcf first = null;
        for (JurisdictionsDefinition.Regime regime : definition.regimes()) {
            JurisdictionsDefinition.Tcf tcf = regime.tcf();
            if (tcf == null) {
                continue;
            }
            if (first == null) {
                first = tcf;
            } else if (tcf.vendor() != first.vendor()) {
                findings.add(
                        tcf.where(),
                        "different-tcf",
                        "'tcf' differs from the one in " + first.where(),
                        "two regimes may apply to one visitor: give all the same basis and vendor");
            }
        }
    }

    private Jurisdictions.Regime regime(JurisdictionsDefinition.Regime regime) {
        int frameworks = 0;
        for (Located<SignalFramework> signal : regime.signals()) {
            if (signal.value().in(frameworks)) {
                findings.add(signal.where(), "duplicate", "this signal is already listed", "keep one of the two");
            }
            frameworks |= signal.value().bit();
        }
        boolean acceptsTcf = SignalFramework.TCF.in(frameworks);
        JurisdictionsDefinition.Tcf tcf = regime.tcf();
        if (acceptsTcf && tcf == null) {
            findings.add(
                    regime.id().where(),
                    "missing-key",
                    "the regime '" + regime.id().value() + "' accepts the TCF and does not say whose permissions count",
                    "add tcf: { basis: publisher }, or { basis: vendor, vendor: <id> }");
        } else if (!acceptsTcf && tcf != null) {
            findings.add(
                    tcf.where(),
                    "unexpected-key",
                    "'tcf' goes with the signal tcf, which this regime does not accept",
                    "add tcf to signals, or leave this out");
        }
        TcfBasis basis = null;
        if (acceptsTcf) {
            basis = tcf == null || tcf.vendor() == 0 ? TcfBasis.publisher() : TcfBasis.vendor(tcf.vendor());
        }
        return new Jurisdictions.Regime(new Jurisdiction(regime.id().value(), frameworks, table(regime)), basis);
    }

    private Basis[][] table(JurisdictionsDefinition.Regime regime) {
        Basis[][] table = new Basis[DataClass.count()][Purpose.count()];
        Where[][] said = new Where[DataClass.count()][Purpose.count()];
        for (Need need : regime.needs()) {
            Map<String, List<String>> doubled = new LinkedHashMap<>();
            for (DataClass dataClass : need.classes()) {
                for (Purpose purpose : need.purposes()) {
                    int row = dataClass.ordinal();
                    int column = purpose.ordinal();
                    if (table[row][column] != null) {
                        doubled.computeIfAbsent(name(dataClass), key -> new ArrayList<>())
                                .add(purpose + " (" + said[row][column] + ")");
                        table[row][column] = table[row][column].stricter(need.basis());
                    } else {
                        table[row][column] = need.basis();
                        said[row][column] = need.where();
                    }
                }
            }
            doubled.forEach((dataClass, purposes) -> findings.add(
                    need.where(),
                    "duplicate",
                    "'" + regime.id().value() + "' already says what " + dataClass + " needs for "
                            + String.join(", ", purposes),
                    "each pair of class and purpose stands exactly once"));
        }
        complete(regime, table);
        return table;
    }

    /** Names what is missing and fills it with the strictest, so that the compiler can go on. */
    private void complete(JurisdictionsDefinition.Regime regime, Basis[][] table) {
        Map<List<String>, List<String>> classesByPurposes = new LinkedHashMap<>();
        for (int row = 0; row < table.length; row++) {
            List<String> purposes = new ArrayList<>();
            for (int column = 0; column < table[row].length; column++) {
                if (table[row][column] == null) {
                    purposes.add(Purpose.ofTcf(column + 1).name());
                    table[row][column] = Basis.NEVER;
                }
            }
            if (!purposes.isEmpty()) {
                classesByPurposes
                        .computeIfAbsent(purposes, key -> new ArrayList<>())
                        .add(name(DataClass.at(row)));
            }
        }
        if (!regime.readable()) {
            return;
        }
        classesByPurposes.forEach((purposes, classes) -> findings.add(
                regime.id().where(),
                "missing-need",
                "'" + regime.id().value() + "' does not say what " + String.join(", ", classes) + " need"
                        + (classes.size() == 1 ? "s" : "") + " for "
                        + (purposes.size() == Purpose.count() ? "any purpose" : String.join(", ", purposes)),
                "add them to needs; the strictest basis is never: " + Arrays.toString(bases())));
    }

    private static String[] bases() {
        return Arrays.stream(Basis.values())
                .map(basis -> basis.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toArray(String[]::new);
    }

    private static String name(DataClass dataClass) {
        return dataClass.name().toLowerCase(Locale.ROOT);
    }
}
