package io.meridian.edge.cli.lab.diff;

import io.meridian.edge.adapter.config.ConfigChange;
import io.meridian.edge.adapter.config.ConfigTree.Leaf;
import io.meridian.edge.cli.lab.RuleBook;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What several sections of the page are made of: tables, bars, and changes of the rules with their places. */
final class HtmlParts {
    private static final int MOST_ROWS = 50;

    private final Html html;

    HtmlParts(Html html) {
        this.html = html;
    }

    void changes(List<ConfigChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        html.raw("<ul class=\"changes\">");
        for (ConfigChange change : changes) {
            html.raw("<li><code>").text(change.subject()).raw("</code> ");
            sides(change);
            html.raw("</li>");
        }
        html.raw("</ul>");
    }

    void sides(ConfigChange change) {
        leaf("del", "A", change.before(), change.file());
        html.raw(" → ");
        leaf("ins", "B", change.after(), change.file());
    }

    void leaf(String tag, String side, @Nullable Leaf leaf, String file) {
        if (leaf == null) {
            html.raw("<span class=\"soft\">nothing</span>");
            return;
        }
        html.raw("<" + tag + ">")
                .text(leaf.path().isEmpty() ? "there" : leaf.text().strip())
                .raw("</" + tag + ">");
        html.raw(" <span class=\"where\">")
                .text(side + " " + (leaf.where().line() == 0 ? file : RuleBook.place(leaf.where())));
        html.raw("</span>");
    }

    void tally(String title, String heading, Map<String, Tally> tallies) {
        html.element("h3", title).raw("\n<div class=\"scroll\" tabindex=\"0\">");
        table(title.toLowerCase(Locale.ROOT), List.of(heading, "Share", "Changed", "Decisions"));
        double most =
                tallies.values().stream().mapToDouble(Tally::percent).max().orElse(0);
        tallies.forEach((name, tally) -> {
            html.raw("<tr>");
            row(name);
            html.raw(String.format(Locale.ROOT, "<td class=\"n\" data-value=\"%.4f\">", tally.percent()));
            html.text(DiffText.percent(tally.percent())).raw(" <span class=\"wide\">");
            bar(most == 0 ? 0 : 100 * tally.percent() / most);
            html.raw("</span></td>");
            cell(tally.changed(), "");
            cell(tally.decisions(), "");
            html.raw("</tr>\n");
        });
        html.raw("</tbody></table></div>\n");
    }

    void table(String id, List<String> headings) {
        html.raw("<table class=\"sortable\" id=\"" + id + "-table\"><thead><tr>");
        for (int i = 0; i < headings.size(); i++) {
            boolean number = i > 0 && !headings.get(i).equals("After") || headings.size() > 3 && i > 0;
            html.raw(number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
            html.text(headings.get(i)).raw("</th>");
        }
        html.raw("</tr></thead>\n<tbody>\n");
    }

    void row(String name) {
        html.raw("<th scope=\"row\">").text(name).raw("</th>");
    }

    void cell(long number, String style) {
        html.raw("<td class=\"n " + style + "\" data-value=\"" + number + "\">");
        html.raw(!style.isEmpty() && number > 0 ? "+" : "").number(number).raw("</td>");
    }

    void bar(double percent) {
        html.raw(String.format(
                Locale.ROOT,
                "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"%.1f\" height=\"8\"/></svg>",
                percent));
    }

    static <T> List<T> top(List<T> all) {
        return all.subList(0, Math.min(MOST_ROWS, all.size()));
    }

    void more(int size) {
        if (size > MOST_ROWS) {
            html.raw("<p class=\"soft\">and ").number(size - MOST_ROWS).raw(" more; the JSON form has all of them</p>");
        }
    }
}
