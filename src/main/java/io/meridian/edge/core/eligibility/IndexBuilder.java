package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.Demand.Aspect;
import io.meridian.edge.core.eligibility.Demand.Axis;
import io.meridian.edge.core.eligibility.IndexEntry.Lookup;
import io.meridian.edge.core.eligibility.IndexEntry.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the entries of an index together that fewest visitors meet together, again and again until few are left in one place. */
final class IndexBuilder {
    /** So many are tested sooner than told apart by another look-up. */
    private static final int FEW = 16;

    private final IndexAxes axes;

    IndexBuilder(IndexAxes axes) {
        this.axes = axes;
    }

    IndexNode build(List<IndexEntry> entries) {
        return build(entries, 0);
    }

    /** @param depth how many steps of each entry are done */
    private IndexNode build(List<IndexEntry> entries, int depth) {
        if (entries.size() <= FEW) {
            return new IndexNode(tests(entries, depth), new IndexSwitch[0]);
        }
        List<IndexEntry> here = new ArrayList<>();
        Map<Lookup, Map<Object, List<IndexEntry>>> apart = new LinkedHashMap<>();
        for (IndexEntry entry : entries) {
            if (depth == entry.steps().size()) {
                here.add(entry);
                continue;
            }
            Step step = entry.steps().get(depth);
            Map<Object, List<IndexEntry>> byKey = apart.computeIfAbsent(step.lookup(), lookup -> new LinkedHashMap<>());
            for (Object key : step.keys()) {
                byKey.computeIfAbsent(key, one -> new ArrayList<>()).add(entry);
            }
        }
        IndexSwitch[] switches = apart.entrySet().stream()
                .map(one -> build(one.getKey(), one.getValue(), depth + 1))
                .toArray(IndexSwitch[]::new);
        return new IndexNode(tests(here, depth), switches);
    }

    private IndexSwitch build(Lookup lookup, Map<Object, List<IndexEntry>> byKey, int depth) {
        Map<Object, IndexNode> children = new LinkedHashMap<>();
        byKey.forEach((key, entries) -> children.put(key, build(entries, depth)));
        Axis axis = lookup.axis();
        return axis.aspect() == Aspect.ELEMENT
                ? new IndexSwitch.ByElement(axis.slot(), children)
                : new IndexSwitch.ByCell(axes.number(axis), lookup.level(), children);
    }

    /** In the form {@link IndexNode} takes. */
    private int[] tests(List<IndexEntry> entries, int depth) {
        List<Integer> tests = new ArrayList<>();
        for (IndexEntry entry : entries) {
            tests.add(entry.position());
            int count = tests.size();
            tests.add(0);
            for (int i = 0; i < entry.steps().size(); i++) {
                Step step = entry.steps().get(i);
                if (step.testable(i < depth)) {
                    tests.set(count, tests.get(count) + 1);
                    tests.add(axes.number(step.lookup().axis()));
                    tests.add(step.first());
                    tests.add(step.last());
                }
            }
        }
        return tests.stream().mapToInt(Integer::intValue).toArray();
    }
}
