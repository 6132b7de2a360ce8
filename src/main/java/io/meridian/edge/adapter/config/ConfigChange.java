package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.ConfigTree.Item;
import io.meridian.edge.adapter.config.ConfigTree.Leaf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One value that two configurations do not share, or a whole item that only one of them has.
 *
 * @param file relative to the configuration
 * @param list the list the item is in; empty if the value is in none
 * @param id the item; empty likewise
 * @param path the value within the item; empty for a whole item
 * @param before null if it was added
 * @param after null if it was removed
 */
public record ConfigChange(
        String file,
        String list,
        String id,
        String path,
        @Nullable Leaf before,
        @Nullable Leaf after) {

    /** What it is about, for people: {@code offers ski-season lever}. */
    public String subject() {
        return String.join(
                " ",
                List.of(list, id, path).stream().filter(part -> !part.isEmpty()).toList());
    }

    /** All differences, by file, list, item and path. */
    public static List<ConfigChange> between(ConfigTree before, ConfigTree after) {
        List<ConfigChange> changes = new ArrayList<>();
        Set<String> keys = new TreeSet<>(before.byKey().keySet());
        keys.addAll(after.byKey().keySet());
        for (String key : keys) {
            Item old = before.byKey().get(key);
            Item now = after.byKey().get(key);
            if (old == null && now != null) {
                changes.add(whole(now, null, here(now)));
            } else if (old != null && now == null) {
                changes.add(whole(old, here(old), null));
            } else if (old != null && now != null) {
                compare(old, now, changes);
            }
        }
        return changes;
    }

    private static Leaf here(Item item) {
        return new Leaf("", item.id(), item.where());
    }

    private static ConfigChange whole(Item item, @Nullable Leaf before, @Nullable Leaf after) {
        return new ConfigChange(item.file(), item.list(), item.id(), "", before, after);
    }

    private static void compare(Item old, Item now, List<ConfigChange> changes) {
        Map<String, Leaf> left = new LinkedHashMap<>(old.leaves());
        Set<String> paths = new LinkedHashSet<>(left.keySet());
        paths.addAll(now.leaves().keySet());
        for (String path : paths) {
            Leaf before = left.get(path);
            Leaf after = now.leaves().get(path);
            if (!Objects.equals(text(before), text(after))) {
                changes.add(new ConfigChange(old.file(), old.list(), old.id(), path, before, after));
            }
        }
    }

    private static @Nullable String text(@Nullable Leaf leaf) {
        return leaf == null ? null : leaf.text();
    }
}
