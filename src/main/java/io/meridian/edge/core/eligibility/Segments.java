package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.model.Facts;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds which segments apply and writes them into their slots. Immutable.
 *
 * <p>Within a group, from the highest priority down: the first segment whose condition is true applies, all below it do not.
 * A condition in error is a no (its subject lacks the data the segment is made of). Below an unknown one nothing is certain any more:
 * a segment whose own condition is true becomes unknown, because the one above might apply instead. So knowing less
 * turns a segment's slot into unknown or leaves it as it was, and never makes it true.
 */
public final class Segments {
    private final Segment[] ordered;

    /** In any order; ids, slots and, within a group, priorities differ. */
    public Segments(List<Segment> segments) {
        Set<String> places = new HashSet<>();
        for (Segment segment : segments) {
            if (!places.add(segment.group() + " " + segment.priority())) {
                throw new IllegalArgumentException(
                        "two segments of group " + segment.group() + " have priority " + segment.priority());
            }
        }
        this.ordered = segments.stream()
                .sorted(Comparator.comparing(Segment::group)
                        .thenComparing(
                                Comparator.comparingInt(Segment::priority).reversed()))
                .toArray(Segment[]::new);
    }

    public int size() {
        return ordered.length;
    }

    /** By group, then from the highest priority down. */
    public Segment at(int position) {
        return ordered[position];
    }

    /** Sets the slot of every segment. Call it before conditions that read segments are evaluated. */
    public void apply(Facts facts, Evaluation evaluation) {
        String group = "";
        byte above = Truth.FALSE;
        for (int i = 0; i < ordered.length; i++) {
            Segment segment = ordered[i];
            if (i == 0 || !segment.group().equals(group)) {
                group = segment.group();
                above = Truth.FALSE;
            }
            byte membership =
                    above == Truth.TRUE ? Truth.FALSE : below(above, evaluation.of(segment.conditionIndex(), facts));
            if (membership == Truth.UNKNOWN) {
                facts.setUnknown(segment.slot());
                above = Truth.UNKNOWN;
            } else {
                facts.setBool(segment.slot(), membership == Truth.TRUE);
                above = membership == Truth.TRUE ? Truth.TRUE : above;
            }
        }
    }

    private static byte below(byte above, byte own) {
        return switch (own) {
            case Truth.TRUE -> above == Truth.UNKNOWN ? Truth.UNKNOWN : Truth.TRUE;
            case Truth.UNKNOWN -> Truth.UNKNOWN;
            default -> Truth.FALSE;
        };
    }
}
