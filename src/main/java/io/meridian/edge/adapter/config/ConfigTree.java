package io.meridian.edge.adapter.config;

import io.meridian.edge.adapter.config.YamlNode.Entry;
import io.meridian.edge.adapter.config.YamlNode.Mapping;
import io.meridian.edge.adapter.config.YamlNode.Scalar;
import io.meridian.edge.adapter.config.YamlNode.ScalarType;
import io.meridian.edge.adapter.config.YamlNode.Sequence;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is written where in a configuration, whatever it means: the items of its lists (offers, rules, segments…) and their values with
 * their places. For finding a rule again, and for telling two configurations apart. Cases of {@code tests/} and {@code requests/} are no
 * part of it.
 */
public final class ConfigTree {
    private static final List<String> NAMING_KEYS = List.of("id", "offer", "name", "placement", "cap", "category");

    /**
     * A value.
     *
     * @param path within its item, joined by dots: {@code when}, {@code propensity.base}, {@code variants.gold.when}; items of a list that
     *     have no name go by their number from 0
     * @param text as read; a list of words as {@code [a, b]}
     * @param where its first character
     */
    public record Leaf(String path, String text, Where where) {}

    /**
     * An item of a list at the top of a file, or all of a file that is in no such item.
     *
     * @param list the key of the list; empty for the rest of a file
     * @param id what the item calls itself; empty for the rest of a file
     * @param leaves by path, in the order written
     */
    public record Item(String file, String list, String id, Where where, Map<String, Leaf> leaves) {
        /** The text of a value, null if there is none. */
        public @Nullable String text(String path) {
            Leaf leaf = leaves.get(path);
            return leaf == null ? null : leaf.text();
        }
    }

    private final SortedMap<String, Item> items = new TreeMap<>();

    private ConfigTree() {}

    /** The tree of files that were read; of one that is no YAML, nothing. */
    public static ConfigTree of(SortedMap<String, byte[]> files) {
        ConfigTree tree = new ConfigTree();
        Problems ignored = new Problems();
        files.forEach((path, bytes) -> {
            if (!ConfigFiles.isTests(path) && !ConfigFiles.isRequests(path)) {
                String text = ConfigFolder.text(path, bytes, ignored);
                if (text != null && YamlParser.parse(path, text, ignored) instanceof Mapping root) {
                    tree.add(path, root);
                }
            }
        });
        return tree;
    }

    /** All items, by file, list and id. */
    public List<Item> items() {
        return List.copyOf(items.values());
    }

    /** The item, null if there is none. */
    public @Nullable Item item(String file, String list, String id) {
        return items.get(key(file, list, id));
    }

    /** By this key an item of one configuration is the same as one of another. */
    SortedMap<String, Item> byKey() {
        return items;
    }

    private static String key(String file, String list, String id) {
        return file + "\n" + list + "\n" + id;
    }

    private void add(String file, Mapping root) {
        Map<String, Leaf> rest = new LinkedHashMap<>();
        for (Entry entry : root.entries()) {
            if (entry.value() instanceof Sequence list
                    && !list.items().isEmpty()
                    && list.items().stream().allMatch(item -> name(item) != null)) {
                list.items().forEach(item -> addItem(file, entry.key(), item));
            } else {
                flatten(entry.key(), entry.value(), rest);
            }
        }
        if (!rest.isEmpty()) {
            put(new Item(file, "", "", Where.file(file), rest));
        }
    }

    private void addItem(String file, String list, YamlNode node) {
        Map<String, Leaf> leaves = new LinkedHashMap<>();
        flatten("", node, leaves);
        put(new Item(file, list, String.valueOf(name(node)), node.where(), leaves));
    }

    private void put(Item item) {
        String key = key(item.file(), item.list(), item.id());
        // Two of one name, such as one holiday on two days, are two; the second goes by its number.
        for (int number = 2; items.containsKey(key); number++) {
            key = key(item.file(), item.list(), item.id() + " #" + number);
        }
        items.put(key, item);
    }

    private static void flatten(String path, YamlNode node, Map<String, Leaf> into) {
        if (node instanceof Mapping mapping) {
            mapping.entries().forEach(entry -> flatten(join(path, entry.key()), entry.value(), into));
        } else if (node instanceof Scalar scalar) {
            boolean condition = path.endsWith("when") && scalar.type() == ScalarType.STRING;
            Where where = condition ? YamlScalars.condition(scalar).where() : scalar.where();
            into.put(path, new Leaf(path, scalar.text(), where));
        } else if (node instanceof Sequence list) {
            if (list.items().stream().allMatch(Scalar.class::isInstance)) {
                String text = list.items().stream()
                        .map(item -> ((Scalar) item).text())
                        .collect(Collectors.joining(", ", "[", "]"));
                into.put(path, new Leaf(path, text, list.where()));
                return;
            }
            List<String> names = names(list);
            for (int i = 0; i < names.size(); i++) {
                flatten(join(path, names.get(i)), list.items().get(i), into);
            }
        }
    }

    /** Their own names, numbered from the second of a name; their numbers if one has none. */
    private static List<String> names(Sequence list) {
        List<String> names = new ArrayList<>();
        boolean named = list.items().stream().allMatch(item -> name(item) != null);
        for (YamlNode item : list.items()) {
            String name = named ? String.valueOf(name(item)) : Integer.toString(names.size());
            String unused = name;
            for (int number = 2; names.contains(unused); number++) {
                unused = name + " #" + number;
            }
            names.add(unused);
        }
        return names;
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static @Nullable String name(YamlNode node) {
        if (node instanceof Mapping mapping) {
            for (String key : NAMING_KEYS) {
                for (Entry entry : mapping.entries()) {
                    if (entry.key().equals(key) && entry.value() instanceof Scalar scalar) {
                        return scalar.text();
                    }
                }
            }
        }
        return null;
    }
}
