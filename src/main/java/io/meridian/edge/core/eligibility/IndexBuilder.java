package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.Demand.Axis;
import io.meridian.edge.core.eligibility.Demand.Keys;
import io.meridian.edge.core.eligibility.Demand.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Splits the entries of an index, again and again by the fact that tells them apart best, until few are left together. */
final class IndexBuilder {
    /** So many are evaluated sooner than told apart. */
    private static final int FEW = 4;
    /** A split is worth its step if it spares this share of the evaluations, and at least so many. */
    private static final double WORTH = 0.02;

    private static final double AT_LEAST = 2;

    private static final int DEEPEST = 64;

    private IndexBuilder() {}

    /** The index of these entries; null if there are none. */
    static @Nullable IndexNode build(List<IndexEntry> entries) {
        return build(entries, 0);
    }

    private static @Nullable IndexNode build(List<IndexEntry> entries, int depth) {
        if (entries.isEmpty()) {
            return null;
        }
        Axes.Split split = entries.size() <= FEW || depth == DEEPEST ? null : new Axes(entries).best();
        if (split == null || entries.size() - split.expected() < Math.max(AT_LEAST, WORTH * entries.size())) {
            return new IndexNode.Leaf(
                    entries.stream().mapToInt(IndexEntry::position).distinct().toArray());
        }
        return switch (split.axis().aspect()) {
            case WHOLE, FRACTION -> byNumber(entries, split, depth + 1);
            case STRING, ELEMENT, BOOL, PRESENCE -> byKey(entries, split.axis(), depth + 1);
        };
    }

    private static IndexNode byKey(List<IndexEntry> entries, Axis axis, int depth) {
        Map<Object, List<IndexEntry>> byKey = new LinkedHashMap<>();
        List<IndexEntry> rest = new ArrayList<>();
        for (IndexEntry entry : entries) {
            if (entry.on(axis) instanceof Keys keys) {
                IndexEntry met = entry.without(keys);
                keys.keys()
                        .forEach(key -> byKey.computeIfAbsent(key, one -> new ArrayList<>())
                                .add(met));
            } else {
                rest.add(entry);
            }
        }
        Map<Object, IndexNode> children = new LinkedHashMap<>();
        byKey.forEach((key, some) -> {
            IndexNode child = build(some, depth);
            if (child != null) {
                children.put(key, child);
            }
        });
        IndexNode others = build(rest, depth);
        return switch (axis.aspect()) {
            case STRING -> new IndexNode.ByString(axis.slot(), false, children, others);
            case ELEMENT -> new IndexNode.ByString(axis.slot(), true, children, others);
            case BOOL -> new IndexNode.ByTruth(axis.slot(), false, children, others);
            case PRESENCE -> new IndexNode.ByTruth(axis.slot(), true, children, others);
            case WHOLE, FRACTION -> throw new IllegalStateException("numbers have ranges");
        };
    }

    private static IndexNode byNumber(List<IndexEntry> entries, Axes.Split split, int depth) {
        List<IndexEntry> below = new ArrayList<>();
        List<IndexEntry> above = new ArrayList<>();
        List<IndexEntry> rest = new ArrayList<>();
        for (IndexEntry entry : entries) {
            Demand demand = entry.on(split.axis());
            if (demand instanceof Range range && range.high() < split.point()) {
                below.add(entry);
            } else if (demand instanceof Range range && range.low() > split.point()) {
                above.add(entry);
            } else {
                rest.add(entry);
            }
        }
        return new IndexNode.ByNumber(
                split.axis(), split.point(), build(below, depth), build(above, depth), build(rest, depth));
    }
}
