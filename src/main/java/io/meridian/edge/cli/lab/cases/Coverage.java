package io.meridian.edge.cli.lab.cases;

import io.meridian.edge.adapter.config.ConfigTree;
import io.meridian.edge.adapter.config.ConfigTree.Item;
import io.meridian.edge.adapter.config.ConfigTree.Leaf;
import io.meridian.edge.core.bundle.definition.Where;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which rules the cases have met. A condition is met twice: once true and once not (false, unknown or without a value). An offer is
 * met when it is shown; a rule without a condition when a case asks where it changes something.
 */
final class Coverage {
    private static final Set<String> LISTS = Set.of("offers", "rules", "segments", "suppressions");

    /** Something a case should meet. */
    static final class Point {
        final String what;
        final Where where;
        final String text;
        final boolean condition;
        private long held;
        private long failed;

        private Point(String what, Where where, String text, boolean condition) {
            this.what = what;
            this.where = where;
            this.text = text;
            this.condition = condition;
        }

        void met(boolean so) {
            if (so) {
                held++;
            } else {
                failed++;
            }
        }

        int sides() {
            return condition ? 2 : 1;
        }

        int sidesMet() {
            return (held > 0 ? 1 : 0) + (condition && failed > 0 ? 1 : 0);
        }

        /** What no case has met; empty if nothing. */
        String missing() {
            if (sidesMet() == sides()) {
                return "";
            }
            if (!condition) {
                return what.startsWith("offer") ? "never shown" : "never applied";
            }
            return held == 0 && failed == 0 ? "never evaluated" : held == 0 ? "never true" : "never false";
        }
    }

    private final Map<Item, Map<String, Point>> points = new HashMap<>();
    private final List<Point> ordered = new ArrayList<>();

    /** @param files which files' rules count */
    Coverage(ConfigTree tree, Predicate<String> files) {
        for (Item item : tree.items()) {
            if (LISTS.contains(item.list()) && files.test(item.file())) {
                points.put(item, points(item));
            }
        }
        ordered.sort(Comparator.comparing((Point point) -> point.where.file())
                .thenComparingInt(point -> point.where.line())
                .thenComparingInt(point -> point.where.column())
                .thenComparing(point -> point.what));
    }

    private Map<String, Point> points(Item item) {
        String kind = item.list().substring(0, item.list().length() - 1);
        Map<String, Point> of = new HashMap<>();
        for (Leaf leaf : item.leaves().values()) {
            if (leaf.path().equals("when") || leaf.path().endsWith(".when")) {
                String part = leaf.path().equals("when")
                        ? ""
                        : " " + leaf.path().substring(0, leaf.path().length() - ".when".length());
                add(
                        of,
                        leaf.path(),
                        new Point(
                                kind + " " + item.id() + part,
                                leaf.where(),
                                leaf.text().strip(),
                                true));
            }
        }
        if (kind.equals("offer") || kind.equals("rule") && !of.containsKey("when")) {
            add(of, "", new Point(kind + " " + item.id(), item.where(), "", false));
        }
        return of;
    }

    private void add(Map<String, Point> of, String path, Point point) {
        of.put(path, point);
        ordered.add(point);
    }

    /** What a case can meet of an item: its condition by path, or itself by the empty path. Null if that does not count. */
    @Nullable
    Point point(Item item, String path) {
        return points.getOrDefault(item, Map.of()).get(path);
    }

    /** All, by file, line and column. */
    List<Point> points() {
        return ordered;
    }

    int sides() {
        return ordered.stream().mapToInt(Point::sides).sum();
    }

    int sidesMet() {
        return ordered.stream().mapToInt(Point::sidesMet).sum();
    }

    /** 0 to 100; 100 if there is nothing to meet. */
    double percent() {
        return sides() == 0 ? 100 : 100.0 * sidesMet() / sides();
    }
}
