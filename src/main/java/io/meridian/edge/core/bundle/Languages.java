package io.meridian.edge.core.bundle;

import io.meridian.edge.core.model.LanguageTags;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The languages of a market, and which of them a visitor gets: RFC 4647 look-up. The visitor's own tag is tried first, then what is left
 * of it without its last parts ({@code de-AT-1901}, {@code de-AT}, {@code de}), then what the market tries instead of each of these,
 * then the market's list from its beginning. Immutable.
 */
public final class Languages {
    private final List<String> tags;
    private final Map<String, List<String>> instead = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Integer> indexes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final int[][] chains;

    /**
     * @param tags in canonical form, in the order they are tried, at least one
     * @param instead by language, what is tried for it before the list; only members of {@code tags}
     */
    public Languages(List<String> tags, Map<String, List<String>> instead) {
        this.tags = List.copyOf(tags);
        this.instead.putAll(instead);
        for (int i = 0; i < tags.size(); i++) {
            indexes.putIfAbsent(tags.get(i), i);
        }
        this.chains = this.tags.stream().map(this::workOut).toArray(int[][]::new);
    }

    /** How many there are. */
    public int size() {
        return tags.size();
    }

    /** In the order they are tried. */
    public List<String> tags() {
        return tags;
    }

    /**
     * The index of the visitor's language in {@link #tags}.
     *
     * @param locale BCP 47 in any case, with hyphens or underscores
     */
    public int find(String locale) {
        String asked = locale.indexOf('_') < 0 ? locale : locale.replace('_', '-');
        for (String range = asked; !range.isEmpty(); range = LanguageTags.shorter(range)) {
            Integer index = indexes.get(range);
            if (index != null) {
                return index;
            }
        }
        for (String range = asked; !range.isEmpty(); range = LanguageTags.shorter(range)) {
            for (String other : instead.getOrDefault(range, List.of())) {
                Integer index = indexes.get(other);
                if (index != null) {
                    return index;
                }
            }
        }
        return 0;
    }

    /** The indexes in {@link #tags} in which content is looked for when a visitor gets the language at {@code index}: itself first. */
    public int[] chain(int index) {
        return chains[index].clone();
    }

    private int[] workOut(String tag) {
        Set<Integer> chain = new LinkedHashSet<>();
        List<String> ranges = new ArrayList<>();
        for (String range = tag; !range.isEmpty(); range = LanguageTags.shorter(range)) {
            ranges.add(range);
        }
        ranges.forEach(range -> add(range, chain));
        ranges.forEach(range -> instead.getOrDefault(range, List.of()).forEach(other -> add(other, chain)));
        tags.forEach(other -> add(other, chain));
        return chain.stream().mapToInt(Integer::intValue).toArray();
    }

    private void add(String tag, Set<Integer> chain) {
        Integer index = indexes.get(tag);
        if (index != null) {
            chain.add(index);
        }
    }
}
