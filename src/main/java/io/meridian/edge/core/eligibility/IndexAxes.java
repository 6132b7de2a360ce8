package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.Demand.Aspect;
import io.meridian.edge.core.eligibility.Demand.Axis;
import io.meridian.edge.core.eligibility.Demand.Keys;
import io.meridian.edge.core.eligibility.Demand.Range;
import io.meridian.edge.core.eligibility.IndexEntry.Lookup;
import io.meridian.edge.core.eligibility.IndexEntry.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The axes that rules make demands on, their scales, and how few visitors meet a demand. */
final class IndexAxes {
    /** How many elements a list of somebody's is taken to have. */
    private static final int ELEMENTS = 3;

    private final Map<Axis, Tally> tallies = new LinkedHashMap<>();
    private final Map<Axis, Integer> numbers = new LinkedHashMap<>();
    private final List<Scale> scales = new ArrayList<>();

    /** What rules ask for on an axis: keys, and how often, or ends of ranges. */
    private static final class Tally {
        private final Map<Object, Integer> byKey = new LinkedHashMap<>();
        private final DoubleStream.Builder ends = DoubleStream.builder();
        private int all;

        void add(Demand demand) {
            if (demand instanceof Keys keys) {
                keys.keys().forEach(key -> byKey.merge(key, 1, Integer::sum));
                all += keys.keys().size();
            } else if (demand instanceof Range range) {
                DoubleStream.of(range.low(), range.high())
                        .filter(Double::isFinite)
                        .forEach(ends::add);
            }
        }
    }

    /** @param conjunctions of all conditions; those that are not among them cannot be looked up */
    IndexAxes(Iterable<List<Demand>> conjunctions) {
        for (List<Demand> conjunction : conjunctions) {
            for (Demand demand : conjunction) {
                tallies.computeIfAbsent(demand.axis(), axis -> new Tally()).add(demand);
            }
        }
        tallies.forEach((axis, tally) -> {
            if (axis.aspect() != Aspect.ELEMENT) {
                numbers.put(axis, scales.size());
                scales.add(scale(axis, tally));
            }
        });
    }

    private static Scale scale(Axis axis, Tally tally) {
        return switch (axis.aspect()) {
            case STRING -> new Scale.OfString(axis.slot(), tally.byKey.keySet());
            case BOOL, PRESENCE -> new Scale.OfTruth(axis.slot(), axis.aspect() == Aspect.PRESENCE);
            case WHOLE, FRACTION -> new Grid(axis, tally.ends.build().toArray());
            case ELEMENT -> throw new IllegalArgumentException("somebody's elements have no single cell");
        };
    }

    /** By number. */
    Scale[] scales() {
        return scales.toArray(Scale[]::new);
    }

    /** The number of an axis's scale. */
    int number(Axis axis) {
        Integer number = numbers.get(axis);
        if (number == null) {
            throw new IllegalArgumentException("no scale for " + axis);
        }
        return number;
    }

    /**
     * The steps by which a conjunction is found, the one that fewest visitors meet first.
     *
     * @param copies into how many the conjunction may go, one for each combination of keys; demands with too many keys are left out
     */
    List<Step> steps(List<Demand> conjunction, int copies) {
        List<Step> sorted = conjunction.stream()
                .map(demand -> demand instanceof Range range ? range(range) : keys((Keys) demand))
                .sorted(Comparator.comparingDouble(Step::share)
                        .thenComparing(step -> step.lookup().axis().slot()))
                .toList();
        List<Step> kept = new ArrayList<>(sorted.size());
        int left = copies;
        for (Step step : sorted) {
            if (step.keys().size() <= left) {
                kept.add(step);
                left /= step.keys().size();
            }
        }
        return kept;
    }

    /** What rules ask for often visitors have often; a part is left for what no rule asks for. */
    private Step keys(Keys demand) {
        Tally tally = tallies.getOrDefault(demand.axis(), new Tally());
        double share = 0;
        for (Object key : demand.keys()) {
            share += tally.byKey.getOrDefault(key, 0) / (tally.all + 1.0);
        }
        Lookup lookup = new Lookup(demand.axis(), 0);
        if (demand.axis().aspect() == Aspect.ELEMENT) {
            return new Step(lookup, demand.keys(), 0, 0, Math.min(1, share * ELEMENTS));
        }
        int[] cells = demand.keys().stream()
                .mapToInt(key -> cell(demand.axis(), key))
                .sorted()
                .toArray();
        List<Object> keys = new ArrayList<>(cells.length);
        for (int cell : cells) {
            keys.add(cell);
        }
        return new Step(lookup, keys, cells[0], cells[cells.length - 1], share);
    }

    private int cell(Axis axis, Object key) {
        return key instanceof Boolean truth ? (truth ? 1 : 0) : ((Scale.OfString) scales.get(number(axis))).cell(key);
    }

    private Step range(Range range) {
        Grid grid = (Grid) scales.get(number(range.axis()));
        int first = grid.cell(range.low());
        int last = grid.cell(range.high());
        int level = Grid.level(first, last);
        List<Object> cells = new ArrayList<>(Grid.MOST_KEYS);
        for (int cell = Grid.on(level, first); cell <= Grid.on(level, last); cell++) {
            cells.add(cell);
        }
        double share = (last - first + 1.0) / grid.cells();
        return new Step(new Lookup(range.axis(), level), cells, first, last, share);
    }
}
