package io.meridian.edge.core.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which offers a subject was shown where and when: what frequency caps count.
 *
 * <p>An entry is an (offer, placement) pair with the times of its latest impressions. As no cap's limit exceeds
 * {@value #MAX_TIMES}, that many are enough to decide every cap exactly, whatever its window.
 *
 * <p>Mutable, reused, confined to one thread.
 */
public final class Exposures {
    /** The most impressions remembered of one (offer, placement) pair, and so the highest limit a cap may have. */
    public static final int MAX_TIMES = 32;

    /** The most (offer, placement) pairs remembered of one subject; the longest unseen is forgotten first. */
    public static final int MAX_ENTRIES = 128;

    private boolean known;
    private int entries;
    private String[] offers = new String[8];
    private String[] placements = new String[8];
    private int[] ends = new int[8];
    private int[] times = new int[64];

    /** Forgets everything; the counters are unknown again. */
    public void clear() {
        Arrays.fill(offers, 0, entries, "");
        Arrays.fill(placements, 0, entries, "");
        entries = 0;
        known = false;
    }

    /** Says that the counters were read, even if there are none. */
    public void markKnown() {
        known = true;
    }

    /** False if the counters were not permitted or could not be read. */
    public boolean known() {
        return known;
    }

    public int entries() {
        return entries;
    }

    /** Starts an entry; {@link #addTime} fills it. Returns false, and adds nothing, past {@value #MAX_ENTRIES}. */
    public boolean addEntry(String offer, String placement) {
        if (entries == MAX_ENTRIES) {
            return false;
        }
        if (entries == offers.length) {
            offers = Arrays.copyOf(offers, entries * 2);
            placements = Arrays.copyOf(placements, entries * 2);
            ends = Arrays.copyOf(ends, entries * 2);
        }
        offers[entries] = offer;
        placements[entries] = placement;
        ends[entries] = entries == 0 ? 0 : ends[entries - 1];
        entries++;
        return true;
    }

    /** Adds an impression to the entry started last. Past {@value #MAX_TIMES} of one entry nothing is added. */
    public void addTime(int epochSecond) {
        int last = entries - 1;
        int start = last == 0 ? 0 : ends[last - 1];
        if (ends[last] - start >= MAX_TIMES) {
            return;
        }
        if (ends[last] == times.length) {
            times = Arrays.copyOf(times, times.length * 2);
        }
        times[ends[last]++] = epochSecond;
    }

    /**
     * How many impressions came after a moment.
     *
     * @param offer only of this offer; null for any
     * @param placement only in this placement; null for any
     * @param after epoch second; impressions at it do not count
     */
    public int count(@Nullable String offer, @Nullable String placement, int after) {
        int count = 0;
        int start = 0;
        for (int entry = 0; entry < entries; entry++) {
            int end = ends[entry];
            if ((offer == null || offer.equals(offers[entry]))
                    && (placement == null || placement.equals(placements[entry]))) {
                for (int i = start; i < end; i++) {
                    if (times[i] > after) {
                        count++;
                    }
                }
            }
            start = end;
        }
        return count;
    }
}
