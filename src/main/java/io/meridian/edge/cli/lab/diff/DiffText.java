package io.meridian.edge.cli.lab.diff;

import io.meridian.edge.adapter.config.ConfigChange;
import io.meridian.edge.cli.lab.VisitWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A comparison for a terminal. */
public final class DiffText {
    private static final int MOST_ROWS = 20;

    private final DiffResult result;
    private final StringBuilder text = new StringBuilder();

    private DiffText(DiffResult result) {
        this.result = result;
    }

    /** @param examples how many to show at most */
    public static String of(DiffResult result, int examples) {
        return new DiffText(result).write(examples);
    }

    /** The first sentence of every form: how much changes. */
    static String headline(DiffResult result) {
        if (result.sameFiles()) {
            return "Nothing changes: the configurations are the same, byte by byte.";
        }
        Tally all = result.all();
        if (all.decisions() == 0) {
            return "Nothing was compared: no visit is decided by both.";
        }
        if (all.changed() == 0) {
            return "No decision changes: of " + all.decisions() + ", both decide every one alike.";
        }
        return String.format(
                Locale.ROOT,
                "%s of decisions change: %d of %d.",
                percent(all.percent()),
                all.changed(),
                all.decisions());
    }

    /** One digit after the point, and never 0 or 100 for what is neither. */
    static String percent(double percent) {
        if (percent > 0 && percent < 0.05) {
            return "less than 0.1 %";
        }
        return percent < 100 && percent > 99.95 ? "more than 99.9 %" : String.format(Locale.ROOT, "%.1f %%", percent);
    }

    private String write(int examples) {
        DiffResult.Subject subject = result.subject();
        line(headline(result));
        line("A: " + subject.before() + " (revision " + subject.revisionBefore() + ")");
        line("B: " + subject.after() + " (revision " + subject.revisionAfter() + ")");
        line(result.visits() + " visits: " + subject.visits());
        result.leftOut().forEach((why, many) -> line("  not compared: " + many + " " + why.told()));
        if (result.sameFiles()) {
            return text.toString();
        }
        result.kinds().forEach((kind, count) -> line("  " + count + " " + kind(kind)));
        if (result.otherReason() > 0) {
            line("  " + result.otherReason()
                    + " show the same for another reason of the ladder (not counted as changed)");
        }
        tallies("By market", result.byMarket());
        tallies("By placement", result.byPlacement());
        tallies("By segment (a visitor may be in several)", result.bySegment());
        offers();
        causes();
        examples(result.examples(examples));
        changes();
        return text.toString();
    }

    static String kind(Difference.Kind kind) {
        return switch (kind) {
            case OFFER -> "show other offers";
            case VARIANT -> "show other variants of the same offers";
            case CONTENT -> "show other words or pictures";
            case REFUSED -> "are refused by one of the two";
        };
    }

    private void tallies(String title, Map<String, Tally> tallies) {
        line("");
        line(title);
        tallies.forEach((name, tally) -> line(String.format(
                Locale.ROOT,
                "  %-24s %8s  %d of %d",
                name,
                percent(tally.percent()),
                tally.changed(),
                tally.decisions())));
    }

    private void offers() {
        List<Map.Entry<String, OfferTally>> moved = result.movedOffers();
        if (moved.isEmpty()) {
            return;
        }
        line("");
        line(String.format(Locale.ROOT, "%-26s %8s %8s %8s %8s", "Offers", "before", "after", "gained", "lost"));
        for (Map.Entry<String, OfferTally> entry : moved.subList(0, Math.min(MOST_ROWS, moved.size()))) {
            OfferTally tally = entry.getValue();
            line(String.format(
                    Locale.ROOT,
                    "  %-24s %8d %8d %8d %8d",
                    entry.getKey(),
                    tally.before(),
                    tally.after(),
                    tally.gained(),
                    tally.lost()));
        }
        more(moved.size());
    }

    private void causes() {
        List<Map.Entry<Cause, Integer>> causes = result.causes();
        if (causes.isEmpty()) {
            return;
        }
        line("");
        line("Causes (a decision may have several)");
        for (Map.Entry<Cause, Integer> entry : causes.subList(0, Math.min(MOST_ROWS, causes.size()))) {
            line(String.format(
                    Locale.ROOT, "  %6d  %s", entry.getValue(), entry.getKey().what()));
            entry.getKey().changes().forEach(change -> line("          " + Cause.told(change)));
        }
        more(causes.size());
    }

    private void examples(List<Difference> examples) {
        for (int i = 0; i < examples.size(); i++) {
            Difference example = examples.get(i);
            line("");
            line("Example " + (i + 1) + ": " + example.placement() + " in market " + example.market());
            line("  A shows " + example.before());
            line("  B shows " + example.after());
            for (Cause cause : example.causes()) {
                line("  because " + cause.what());
                cause.changes().forEach(change -> line("      " + Cause.told(change)));
            }
            line("  for " + example.visitor());
            if (example.visit() != null) {
                line("  " + VisitWriter.line(example.visit()));
            }
        }
    }

    private void changes() {
        List<ConfigChange> changes = result.changes();
        line("");
        line("What was changed, and behind how many changed decisions it stands");
        for (ConfigChange change : changes.subList(0, Math.min(MOST_ROWS, changes.size()))) {
            line(String.format(Locale.ROOT, "  %6d  %s", result.decisionsBehind(change), Cause.told(change)));
        }
        more(changes.size());
    }

    private void more(int size) {
        if (size > MOST_ROWS) {
            line("  and " + (size - MOST_ROWS) + " more");
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
