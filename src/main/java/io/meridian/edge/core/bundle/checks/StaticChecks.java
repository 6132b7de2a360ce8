package io.meridian.edge.core.bundle.checks;

import io.meridian.edge.core.bundle.definition.Problem;
import java.util.List;

/** All checks of a compiled configuration. Those that depend on the time are {@link ScheduleChecks}. */
public final class StaticChecks {
    private StaticChecks() {}

    /** What was found, in no particular order. Takes a few dozen microseconds per condition. */
    public static List<Problem> run(CheckedBundle bundle) {
        Warnings warnings = new Warnings();
        Reader reader = new Reader(bundle);
        new ConditionChecks(bundle, reader, warnings).run();
        new RuleChecks(bundle, reader, warnings).run();
        new OfferChecks(bundle, reader, warnings).run();
        new PurposeChecks(bundle, reader, warnings).run();
        new SegmentChecks(bundle, reader, warnings).run();
        new PlacementChecks(bundle, warnings).run();
        new LanguageChecks(bundle, warnings).run();
        new UnusedChecks(bundle, warnings).run();
        return warnings.all();
    }
}
