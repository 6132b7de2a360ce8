package io.meridian.edge.cli.lab.diff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meridian.edge.adapter.config.ConfigChange;
import io.meridian.edge.cli.lab.Visit;
import io.meridian.edge.cli.lab.VisitWriter;
import io.meridian.edge.core.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A comparison as one page that needs nothing else: styles, script and pictures are in it, and its own policy forbids it to load anything
 * or to run any other script.
 */
public final class DiffHtml {
    private final DiffResult result;
    private final Html html = new Html();
    private final HtmlParts parts = new HtmlParts(html);

    private DiffHtml(DiffResult result) {
        this.result = result;
    }

    /** @param examples how many to show at most */
    public static String of(DiffResult result, int examples) {
        return new DiffHtml(result).page(examples);
    }

    private String page(int examples) {
        String style = resource("report.css");
        String script = resource("report.js");
        html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '" + hash(style)
                + "'; script-src '" + hash(script) + "'; base-uri 'none'; form-action 'none'\"/>\n");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        html.raw("<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>");
        html.text(DiffText.headline(result)).raw("</title>\n<style>").raw(style).raw("</style>\n</head>\n<body>\n");
        header();
        html.raw("<main>\n");
        if (result.all().changed() > 0) {
            causes();
            flows();
            tallies();
            examples(examples);
        }
        changes();
        html.raw("</main>\n");
        footer();
        html.raw("<script>").raw(script).raw("</script>\n</body>\n</html>\n");
        return html.toString();
    }

    private void header() {
        DiffResult.Subject subject = result.subject();
        Tally all = result.all();
        html.raw("<header>\n<h1>What this change would do</h1>\n<p class=\"headline\"><strong>");
        if (all.changed() > 0) {
            html.text(DiffText.percent(all.percent())).raw("</strong> of decisions change: ");
            html.number(all.changed()).raw(" of ").number(all.decisions()).raw(".</p>\n");
            stack(all);
        } else {
            html.raw(all.decisions() > 0 || result.sameFiles() ? "Nothing changes" : "Nothing was compared")
                    .raw("</strong> ")
                    .text(DiffText.headline(result))
                    .raw("</p>\n");
        }
        html.raw("<dl class=\"sides\">");
        side("A", subject.before(), subject.revisionBefore());
        side("B", subject.after(), subject.revisionAfter());
        html.raw("<dt>Visits</dt><dd>")
                .number(result.visits())
                .text(": " + subject.visits())
                .raw("</dd>");
        result.leftOut()
                .forEach((why, many) -> html.raw("<dt>Not compared</dt><dd>")
                        .number(many)
                        .text(" " + why.told())
                        .raw("</dd>"));
        html.raw("</dl>\n</header>\n");
    }

    private void side(String name, String what, long revision) {
        html.element("dt", name)
                .raw("<dd>")
                .text(what)
                .raw(" <span class=\"soft\">revision ")
                .number(revision);
        html.raw("</span></dd>");
    }

    /** All decisions as one bar: the parts that change, and the rest. */
    private void stack(Tally all) {
        html.raw("<svg class=\"stack\" viewBox=\"0 0 1000 20\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        html.raw("<rect class=\"same\" width=\"1000\" height=\"20\"/>");
        double from = 0;
        int color = 0;
        for (Integer count : result.kinds().values()) {
            double width = 1000.0 * count / all.decisions();
            html.raw(String.format(
                    Locale.ROOT, "<rect class=\"f%d\" x=\"%.2f\" width=\"%.2f\" height=\"20\"/>", color, from, width));
            from += width;
            color++;
        }
        html.raw("</svg>\n<ul class=\"legend\">");
        color = 0;
        for (Map.Entry<Difference.Kind, Integer> entry : result.kinds().entrySet()) {
            legend("f" + color, entry.getValue(), DiffText.kind(entry.getKey()));
            color++;
        }
        legend("same", all.decisions() - all.changed(), "stay as they are");
        html.raw("</ul>\n");
        if (result.otherReason() > 0) {
            html.raw("<p class=\"soft\">").number(result.otherReason());
            html.raw(" of those that stay show the same for another reason of the fallback ladder.</p>\n");
        }
    }

    private void legend(String color, long count, String what) {
        html.raw("<li><svg viewBox=\"0 0 1 1\" aria-hidden=\"true\"><rect class=\"" + color
                + "\" width=\"1\" height=\"1\"/></svg>");
        html.number(count).text(" " + what).raw("</li>");
    }

    private void causes() {
        List<Map.Entry<Cause, Integer>> causes = result.causes();
        html.raw("<section aria-labelledby=\"why\"><h2 id=\"why\">Why</h2>\n");
        html.raw("<p class=\"soft\">The rule behind each changed decision; a decision may have several.</p>\n");
        html.raw("<ol class=\"causes\">\n");
        int most = causes.get(0).getValue();
        for (Map.Entry<Cause, Integer> entry : HtmlParts.top(causes)) {
            html.raw("<li><div class=\"count\">").number(entry.getValue());
            parts.bar(100.0 * entry.getValue() / most);
            html.raw("</div><div class=\"what\">").text(entry.getKey().what());
            parts.changes(entry.getKey().changes());
            html.raw("</div></li>\n");
        }
        html.raw("</ol>");
        parts.more(causes.size());
        html.raw("</section>\n");
    }

    private void flows() {
        if (result.flows().isEmpty()) {
            return;
        }
        html.raw("<section aria-labelledby=\"flows\"><h2 id=\"flows\">What gives way to what</h2>\n");
        html.raw(
                "<p class=\"soft\">Shown by A on the left, by B in its place on the right.</p>\n<div class=\"scroll\" tabindex=\"0\">");
        FlowChart.draw(result.flows(), html);
        html.raw("</div>\n<details><summary>As a table</summary>\n");
        parts.table("flow-table", List.of("Before", "After", "Decisions"));
        for (Map.Entry<DiffResult.Flow, Integer> entry : HtmlParts.top(result.flows())) {
            html.raw("<tr>")
                    .element("td", entry.getKey().from())
                    .element("td", entry.getKey().to());
            parts.cell(entry.getValue(), "");
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table>");
        parts.more(result.flows().size());
        html.raw("</details></section>\n");
    }

    private void tallies() {
        html.raw("<section aria-labelledby=\"who\"><h2 id=\"who\">Where, for whom, and which offers</h2>\n");
        parts.tally("Markets", "Market", result.byMarket());
        parts.tally("Placements", "Placement", result.byPlacement());
        html.raw("<h3>Offers</h3>\n<div class=\"scroll\" tabindex=\"0\">");
        parts.table("offers", List.of("Offer", "Before", "After", "Gained", "Lost", "Net"));
        for (Map.Entry<String, OfferTally> entry : HtmlParts.top(result.movedOffers())) {
            OfferTally tally = entry.getValue();
            html.raw("<tr>");
            parts.row(entry.getKey());
            parts.cell(tally.before(), "");
            parts.cell(tally.after(), "");
            parts.cell(tally.gained(), "");
            parts.cell(tally.lost(), "");
            parts.cell(tally.after() - tally.before(), tally.after() >= tally.before() ? "up" : "down");
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table></div>");
        parts.more(result.movedOffers().size());
        parts.tally("Segments", "Segment", result.bySegment());
        html.raw(
                "<p class=\"soft\">Segments as far as the decision may know them; a visitor may be in several.</p></section>\n");
    }

    private void examples(int most) {
        List<Difference> examples = result.examples(most);
        if (examples.isEmpty()) {
            return;
        }
        html.raw("<section aria-labelledby=\"examples\"><h2 id=\"examples\">Examples</h2>\n");
        html.raw(
                "<p class=\"soft\">One of each cause first. A visit that is shown can be given to <code>meridian explain --request</code>.</p>\n");
        for (Difference example : examples) {
            html.raw("<details><summary><strong>")
                    .text(example.placement())
                    .raw("</strong> in ")
                    .text(example.market());
            html.raw(": <del>")
                    .text(example.before())
                    .raw("</del> → <ins>")
                    .text(example.after())
                    .raw("</ins></summary>\n");
            for (Cause cause : example.causes()) {
                html.raw("<div class=\"what\">").text(cause.what());
                parts.changes(cause.changes());
                html.raw("</div>\n");
            }
            html.raw("<p>").text("For " + example.visitor() + ".").raw("</p>\n");
            if (example.visit() != null) {
                html.raw("<pre tabindex=\"0\">").text(pretty(example.visit())).raw("</pre>");
            }
            html.raw("</details>\n");
        }
        html.raw("</section>\n");
    }

    private static String pretty(Visit visit) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(VisitWriter.json(visit));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void changes() {
        html.raw("<section aria-labelledby=\"changed\"><h2 id=\"changed\">What was changed</h2>\n");
        if (result.changes().isEmpty()) {
            html.raw("<p>Nothing that decisions go by.</p></section>\n");
            return;
        }
        html.raw("<p class=\"soft\">Every change of the rules, and behind how many changed decisions it stands.</p>\n");
        html.raw("<ol class=\"causes\">\n");
        for (ConfigChange change : HtmlParts.top(result.changes())) {
            html.raw("<li><div class=\"count\">")
                    .number(result.decisionsBehind(change))
                    .raw("</div><div class=\"what\"><code>");
            html.text(change.file()).raw("</code> ").text(change.subject()).raw("<br/>");
            parts.sides(change);
            html.raw("</div></li>\n");
        }
        html.raw("</ol>");
        parts.more(result.changes().size());
        html.raw("</section>\n");
    }

    private void footer() {
        html.raw(
                "<footer><p>Made by <code>meridian diff</code>. Both configurations decided the same visits, by the service's own");
        html.raw(" pipeline and models; the visitors are made up unless the visits were recorded.</p></footer>\n");
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(DiffHtml.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** As a content security policy names a piece of style or script. */
    private static String hash(String text) {
        return "sha256-" + Base64.getEncoder().encodeToString(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
