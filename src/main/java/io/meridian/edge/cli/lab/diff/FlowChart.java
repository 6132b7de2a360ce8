package io.meridian.edge.cli.lab.diff;

import io.meridian.edge.cli.lab.diff.DiffResult.Flow;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Draws what gives way to what: offers before on the left, after on the right, each ribbon as wide as it has decisions. */
final class FlowChart {
    private static final int WIDTH = 960;
    private static final int LEFT = 250;
    private static final int RIGHT = 710;
    private static final int NODE = 12;
    private static final int GAP = 12;
    private static final int LEAST = 3;
    private static final int USABLE = 340;
    private static final int MOST_NODES = 8;
    private static final String OTHERS = "other offers";

    private record Node(double top, double height, int color) {}

    private final Map<Flow, Integer> flows = new LinkedHashMap<>();
    private final int total;

    private FlowChart(List<Map.Entry<Flow, Integer>> all) {
        Set<String> from = greatest(all, true);
        Set<String> to = greatest(all, false);
        for (Map.Entry<Flow, Integer> entry : all) {
            Flow flow = entry.getKey();
            flows.merge(
                    new Flow(
                            from.contains(flow.from()) ? flow.from() : OTHERS,
                            to.contains(flow.to()) ? flow.to() : OTHERS),
                    entry.getValue(),
                    Integer::sum);
        }
        total = flows.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Draws, if there is anything to draw. */
    static void draw(List<Map.Entry<Flow, Integer>> flows, Html html) {
        if (!flows.isEmpty()) {
            new FlowChart(flows).draw(html);
        }
    }

    private static Set<String> greatest(List<Map.Entry<Flow, Integer>> all, boolean from) {
        Map<String, Integer> sums = new LinkedHashMap<>();
        all.forEach(entry ->
                sums.merge(from ? entry.getKey().from() : entry.getKey().to(), entry.getValue(), Integer::sum));
        return sums.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_NODES)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void draw(Html html) {
        Map<String, Integer> sumsFrom = sums(true);
        Map<String, Integer> sumsTo = sums(false);
        Map<String, Node> from = nodes(sumsFrom);
        Map<String, Node> to = nodes(sumsTo);
        double height = Math.max(bottom(from), bottom(to)) + GAP;
        html.raw(String.format(
                Locale.ROOT,
                "<svg class=\"flows\" viewBox=\"0 0 %d %.0f\" role=\"img\" aria-labelledby=\"flows-title\">",
                WIDTH,
                height));
        html.raw("<title id=\"flows-title\">Which offers give way to which; the table below says the same</title>\n");
        ribbons(from, to, html);
        from.forEach((name, node) -> node(name, node, sumsFrom.getOrDefault(name, 0), true, html));
        to.forEach((name, node) -> node(name, node, sumsTo.getOrDefault(name, 0), false, html));
        html.raw("</svg>\n");
    }

    private Map<String, Integer> sums(boolean from) {
        Map<String, Integer> sums = new LinkedHashMap<>();
        flows.forEach((flow, count) -> sums.merge(from ? flow.from() : flow.to(), count, Integer::sum));
        return sums.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Integer> entry) ->
                                entry.getKey().equals(OTHERS))
                        .thenComparing(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                        .thenComparing(Map.Entry::getKey))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    private Map<String, Node> nodes(Map<String, Integer> sums) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        double top = GAP;
        int color = 0;
        for (Map.Entry<String, Integer> entry : sums.entrySet()) {
            double height = Math.max(LEAST, scaled(entry.getValue()));
            nodes.put(entry.getKey(), new Node(top, height, entry.getKey().equals(OTHERS) ? MOST_NODES : color));
            top += Math.max(height, GAP) + GAP;
            color++;
        }
        return nodes;
    }

    private double scaled(int count) {
        return (double) USABLE * count / total;
    }

    private static double bottom(Map<String, Node> nodes) {
        return nodes.values().stream()
                .mapToDouble(node -> node.top() + Math.max(node.height(), GAP))
                .max()
                .orElse(0);
    }

    private void ribbons(Map<String, Node> from, Map<String, Node> to, Html html) {
        Map<String, Double> usedFrom = new LinkedHashMap<>();
        Map<String, Double> usedTo = new LinkedHashMap<>();
        for (String source : from.keySet()) {
            for (String target : to.keySet()) {
                Integer count = flows.get(new Flow(source, target));
                Node left = from.get(source);
                Node right = to.get(target);
                if (count == null || left == null || right == null) {
                    continue;
                }
                double width = Math.max(0.75, scaled(count));
                double y1 = left.top() + usedFrom.merge(source, width, Double::sum) - width;
                double y2 = right.top() + usedTo.merge(target, width, Double::sum) - width;
                int x1 = LEFT + NODE;
                int middle = (x1 + RIGHT) / 2;
                html.raw(String.format(
                        Locale.ROOT,
                        "<path class=\"ribbon f%d\" d=\"M%d %.1fC%d %.1f %d %.1f %d %.1fL%d %.1fC%d %.1f %d %.1f %d %.1fZ\"><title>",
                        left.color(),
                        x1,
                        y1,
                        middle,
                        y1,
                        middle,
                        y2,
                        RIGHT,
                        y2,
                        RIGHT,
                        y2 + width,
                        middle,
                        y2 + width,
                        middle,
                        y1 + width,
                        x1,
                        y1 + width));
                html.text(source + " → " + target + ": " + count).raw("</title></path>\n");
            }
        }
    }

    private static void node(String name, Node node, int count, boolean left, Html html) {
        double middle = node.top() + node.height() / 2 + 4;
        html.raw(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" rx=\"2\"/>",
                left ? "f" + node.color() : "f8",
                left ? LEFT : RIGHT,
                node.top(),
                NODE,
                node.height()));
        html.raw(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%.1f\"%s>",
                left ? LEFT - 8 : RIGHT + NODE + 8,
                middle,
                left ? " text-anchor=\"end\"" : ""));
        html.text(name).raw(" <tspan class=\"amount\">").number(count).raw("</tspan></text>\n");
    }
}
