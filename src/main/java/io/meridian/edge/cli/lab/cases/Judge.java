package io.meridian.edge.cli.lab.cases;

import io.meridian.edge.adapter.config.CaseDefinition;
import io.meridian.edge.adapter.config.CaseDefinition.Absent;
import io.meridian.edge.adapter.config.CaseDefinition.Expected;
import io.meridian.edge.cli.lab.Explanation;
import io.meridian.edge.cli.lab.RuleBook;
import io.meridian.edge.cli.lab.cases.CaseResult.Difference;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.model.CandidateTrace;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Decision.Item;
import io.meridian.edge.core.model.Decision.PlacementDecision;
import io.meridian.edge.core.model.Degradation;
import io.meridian.edge.core.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds the decision for one visitor against what a case expects, and says of each difference why it is so. */
final class Judge {
    private final Decision decision;
    private final RuleBook rules;
    private final List<Difference> differences = new ArrayList<>();

    /** @param decision with its trace */
    Judge(Decision decision, RuleBook rules) {
        this.decision = decision;
        this.rules = rules;
    }

    /** All differences; empty if everything is as expected. */
    List<Difference> judge(CaseDefinition expected) {
        Located<Boolean> personalised = expected.personalised();
        if (personalised != null) {
            boolean got = decision.privacy().personalised();
            compare(personalised.where(), "personalised", personalised.value(), got, privacy());
        }
        Located<List<String>> degraded = expected.degraded();
        if (degraded != null) {
            Set<String> got = new TreeSet<>(Stream.of(Degradation.values())
                    .filter(code -> code.in(decision.degraded()))
                    .map(Degradation::name)
                    .toList());
            compare(degraded.where(), "degraded", new TreeSet<>(degraded.value()), got, List.of());
        }
        for (int i = 0; i < expected.placements().size(); i++) {
            placement(expected.placements().get(i), decision.placements().get(i));
        }
        return differences;
    }

    private void placement(Expected expected, PlacementDecision got) {
        String name = expected.placement().value();
        Where where = expected.placement().where();
        List<String> shown = got.items().stream()
                .map(Item::offer)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
        boolean fallback = got.reason().fallback();
        if (expected.offers() != null) {
            List<String> wanted = expected.offers().stream().map(Located::value).toList();
            Set<String> concerned = new LinkedHashSet<>(wanted);
            concerned.addAll(shown);
            String also = fallback ? " (" + got.reason() + ")" : "";
            if (!wanted.equals(shown)) {
                add(
                        where(expected.offers(), where),
                        name + " offer",
                        list(wanted),
                        list(shown) + also,
                        why(got, concerned));
            }
        }
        for (Located<String> offer : expected.includes()) {
            if (!shown.contains(offer.value())) {
                add(offer.where(), name + " includes", offer.value(), list(shown), why(got, Set.of(offer.value())));
            }
        }
        if (expected.variants() != null) {
            List<String> wanted =
                    expected.variants().stream().map(Located::value).toList();
            List<String> variants = got.items().stream()
                    .map(item -> item.variant() == null ? "none" : item.variant())
                    .toList();
            if (!wanted.equals(variants)) {
                add(
                        where(expected.variants(), where),
                        name + " variant",
                        list(wanted),
                        Explanation.shown(got),
                        List.of());
            }
        }
        if (expected.reason() != null) {
            compare(
                    expected.reason().where(),
                    name + " reason",
                    expected.reason().value(),
                    got.reason(),
                    privacy());
        }
        if (expected.fallback() != null) {
            compare(
                    expected.fallback().where(),
                    name + " fallback",
                    expected.fallback().value(),
                    fallback,
                    why(got, new LinkedHashSet<>(shown)));
        }
        expected.absent().forEach(absent -> absent(absent, got, shown));
        content(expected, got);
    }

    private static Where where(List<Located<String>> names, Where otherwise) {
        return names.isEmpty() ? otherwise : names.get(0).where();
    }

    private void absent(Absent absent, PlacementDecision got, List<String> shown) {
        String offer = absent.offer().value();
        String what = got.placement() + " without " + offer;
        CandidateTrace trace = trace(got, offer);
        String verdict =
                trace == null ? "it is no candidate here" : trace.verdict().name();
        if (shown.contains(offer)) {
            add(absent.offer().where(), what, "not shown", "shown", why(got, Set.of(offer)));
        } else if (absent.because() != null && (trace == null || trace.verdict() != absent.because())) {
            add(absent.offer().where(), what, absent.because().name(), verdict, why(got, Set.of(offer)));
        } else if (absent.by() != null && (trace == null || !absent.by().equals(trace.by()))) {
            String by = trace == null || trace.by() == null ? verdict : trace.by();
            add(absent.offer().where(), what, "by " + absent.by(), by, why(got, Set.of(offer)));
        }
    }

    private void content(Expected expected, PlacementDecision got) {
        expected.content().forEach((name, text) -> {
            String found = Contents.text(got.items().get(0).content(), name);
            if (!text.value().equals(found)) {
                String what = got.placement() + " content " + name;
                add(text.where(), what, text.value(), found == null ? "nothing of this name" : found, List.of());
            }
        });
    }

    /** The verdicts of these offers, and the rules behind them. */
    private List<String> why(PlacementDecision got, Set<String> offers) {
        List<String> why = new ArrayList<>();
        for (String offer : offers) {
            CandidateTrace trace = trace(got, offer);
            if (trace == null) {
                why.add(offer + ": no candidate of " + got.placement() + " in market " + decision.market());
                continue;
            }
            why.add(offer + ": " + trace.verdict() + ". " + trace.because());
            for (RuleBook.Cited cited : rules.behind(trace, decision.market(), decision.region())) {
                if (!cited.text().isEmpty() || trace.verdict() == Verdict.CAP_REACHED) {
                    why.add("  " + cited.what() + ", " + RuleBook.place(cited.where())
                            + (cited.text().isEmpty() ? "" : ": " + cited.text()));
                }
            }
        }
        return why;
    }

    /** What consent and law left. */
    private List<String> privacy() {
        List<String> why = new ArrayList<>();
        why.add("law " + decision.privacy().jurisdiction());
        decision.privacy()
                .denied()
                .forEach(denial -> why.add("not granted: " + denial.purpose() + " (" + denial.because() + ")"));
        return why;
    }

    private static @Nullable CandidateTrace trace(PlacementDecision got, String offer) {
        List<CandidateTrace> traces = got.trace() == null ? List.of() : got.trace();
        return traces.stream()
                .filter(trace -> trace.offer().equals(offer))
                .findFirst()
                .orElse(null);
    }

    private void compare(Where where, String what, Object expected, Object got, List<String> why) {
        if (!expected.equals(got)) {
            add(where, what, expected.toString(), got.toString(), why);
        }
    }

    private void add(Where where, String what, String expected, String got, List<String> why) {
        differences.add(new Difference(where, what, expected, got, why));
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
