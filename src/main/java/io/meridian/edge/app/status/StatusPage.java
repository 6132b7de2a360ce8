package io.meridian.edge.app.status;

import io.meridian.edge.cli.lab.diff.Html;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The status for people: one page without scripts that asks for itself again every few seconds. */
final class StatusPage {
    private static final int REFRESH_SECONDS = 5;
    private static final double MILLIS = 1e3;
    private static final double KIBI = 1024;

    /** Enough of a digest to compare by eye. */
    private static final int DIGEST_SHOWN = 19;

    // Colours of text and ground have a contrast of at least 4.5 in both schemes; no state is told by colour alone.
    private static final String STYLE = """
            :root{color-scheme:light dark;--ground:#f6f7f9;--card:#fff;--text:#1c2330;--quiet:#5b6577;--line:#dde2ea;\
            --fine:#12733c;--watch:#8a5a00;--act:#b3211b}
            @media(prefers-color-scheme:dark){:root{--ground:#11151c;--card:#1a202b;--text:#e6eaf1;--quiet:#9aa5b8;\
            --line:#2c3544;--fine:#5fd08f;--watch:#f0b64a;--act:#ff8a80}}
            *{box-sizing:border-box}
            body{margin:0;padding:1rem;background:var(--ground);color:var(--text);\
            font:1rem/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
            main{max-width:74rem;margin:0 auto}
            header{border-left:.5rem solid;padding:.4rem 0 .4rem 1rem;margin-bottom:1.2rem}
            h1{font-size:1.5rem;margin:0;overflow-wrap:anywhere}
            h2{font-size:1.05rem;margin:0;display:flex;justify-content:space-between;gap:.5rem}
            p{margin:.35rem 0 0}
            .quiet{color:var(--quiet);font-size:.9rem}
            .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:.8rem;\
            align-items:start}
            .card{background:var(--card);border:1px solid var(--line);border-top:.25rem solid;border-radius:.5rem;\
            padding:.7rem .9rem;min-width:0}
            header.fine,.card.fine{border-color:var(--fine)}
            header.watch,.card.watch{border-color:var(--watch)}
            header.act,.card.act{border-color:var(--act)}
            .fine .level{color:var(--fine)}
            .watch .level,.finding.watch{color:var(--watch)}
            .act .level,.finding.act{color:var(--act)}
            .card.watch .finding.act{color:var(--act)}
            .level{font-weight:600;white-space:nowrap}
            .finding{font-weight:600}
            .finding code{font-weight:400}
            dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem .8rem;margin:.5rem 0 0;font-size:.9rem}
            dt{color:var(--quiet)}
            dd{margin:0;text-align:right;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
            table{border-collapse:collapse;width:100%;font-size:.9rem;margin-top:.4rem}
            th,td{text-align:right;padding:.2rem .3rem;border-bottom:1px solid var(--line);font-variant-numeric:tabular-nums}
            th{color:var(--quiet);font-weight:400}
            th:first-child,td:first-child{text-align:left;overflow-wrap:anywhere}
            .plain{border-color:var(--line)}
            """;

    /** Nothing is loaded, run, sent or framed; the one style is known by its digest. */
    static final String POLICY = "default-src 'none'; style-src 'sha256-" + digest(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Html html = new Html();

    private StatusPage() {}

    static byte[] of(Status status) {
        return new StatusPage().write(status).getBytes(StandardCharsets.UTF_8);
    }

    private String write(Status status) {
        html.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .raw("<meta http-equiv=\"refresh\" content=\"" + REFRESH_SECONDS + "\">")
                .element("title", mark(status.level()) + " " + status.region() + " – Meridian")
                .raw("<style>" + STYLE + "</style></head><body><main>");
        writeHeader(status);
        html.raw("<div class=\"cards\">");
        for (Check check : status.checks()) {
            writeCheck(check);
        }
        writeStages(status);
        writeDegraded(status);
        html.raw("</div></main></body></html>\n");
        return html.toString();
    }

    private void writeHeader(Status status) {
        html.raw("<header class=\"" + StatusJson.word(status.level()) + "\"><h1><span class=\"level\">")
                .text(mark(status.level()) + " " + headline(status))
                .raw("</span></h1>");
        Check worst = status.worst();
        if (worst != null) {
            writeFinding(worst.findings().get(0));
        }
        html.raw("<p class=\"quiet\">")
                .text("Region " + (status.region().isEmpty() ? "unknown yet" : status.region()) + " · version "
                        + status.version() + " · up for " + span(Duration.between(status.upSince(), status.time()))
                        + " · " + at(status.time()) + " · this page asks again every " + REFRESH_SECONDS + " s")
                .raw("</p></header>");
    }

    private static String headline(Status status) {
        Check worst = status.worst();
        if (worst == null) {
            return "This region is healthy here";
        }
        return (worst.level() == Check.Level.ACT ? "Not healthy: " : "Serving, but look at: ") + worst.title();
    }

    private void writeCheck(Check check) {
        html.raw("<section class=\"card " + StatusJson.word(check.level()) + "\"><h2>")
                .element("span", check.title())
                .raw("<span class=\"level\">")
                .text(mark(check.level()) + " " + word(check.level()))
                .raw("</span></h2>");
        check.findings().forEach(this::writeFinding);
        html.raw("<dl>");
        for (Map.Entry<String, @Nullable Object> fact : check.facts().entrySet()) {
            if (fact.getValue() != null) {
                html.element("dt", title(fact.getKey())).element("dd", shown(fact.getKey(), fact.getValue()));
            }
        }
        html.raw("</dl></section>");
    }

    private void writeFinding(Check.Finding finding) {
        html.raw("<p class=\"finding " + StatusJson.word(finding.level()) + "\">")
                .text(finding.says() + " Runbook: ")
                .element("code", finding.runbook())
                .raw("</p>");
    }

    private void writeStages(Status status) {
        html.raw("<section class=\"card plain\"><h2>Time per stage</h2><p class=\"quiet\">")
                .text("the last " + Math.round(status.windowSeconds()) + " s, milliseconds")
                .raw("</p><table><tr><th>stage</th><th>per s</th><th>p50</th><th>p99</th></tr>");
        for (Status.StageTime stage : status.stages()) {
            html.raw("<tr>")
                    .element("td", stage.stage())
                    .element("td", decimal(stage.perSecond()))
                    .element("td", decimal(stage.p50() * MILLIS))
                    .element("td", decimal(stage.p99() * MILLIS))
                    .raw("</tr>");
        }
        html.raw("</table></section>");
    }

    private void writeDegraded(Status status) {
        html.raw("<section class=\"card plain\"><h2>Degraded answers</h2><table><tr><th>code</th><th>")
                .text(Math.round(status.windowSeconds()) + " s")
                .raw("</th><th>5 min</th></tr>");
        for (Status.Degraded degraded : status.degraded()) {
            html.raw("<tr>")
                    .element("td", degraded.code())
                    .element("td", Long.toString(degraded.lately()))
                    .element("td", Long.toString(degraded.lastMinutes()))
                    .raw("</tr>");
        }
        html.raw("</table></section>");
    }

    private static String mark(Check.Level level) {
        return switch (level) {
            case FINE -> "✓";
            case WATCH -> "▲";
            case ACT -> "✖";
        };
    }

    private static String word(Check.Level level) {
        return switch (level) {
            case FINE -> "fine";
            case WATCH -> "look at it";
            case ACT -> "act";
        };
    }

    /** {@code commandsPerSecond} as people write it. */
    private static String title(String name) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) {
                words.append(' ');
            }
            words.append(Character.toLowerCase(c));
        }
        return words.toString()
                .replace(" bytes", "")
                .replace(" seconds ago", "")
                .replace(" per second", " / s");
    }

    private static String shown(String name, Object value) {
        if (value instanceof Boolean truth) {
            return truth ? "yes" : "no";
        }
        if (value instanceof Long number) {
            return name.endsWith("Bytes")
                    ? String.format(Locale.ROOT, "%.0f MiB", number / KIBI / KIBI)
                    : name.endsWith("SecondsAgo")
                            ? span(Duration.ofSeconds(number)) + " ago"
                            : String.format(Locale.ROOT, "%,d", number);
        }
        if (value instanceof Double number) {
            return decimal(number);
        }
        String text = value.toString();
        return name.equals("digest") && text.length() > DIGEST_SHOWN ? text.substring(0, DIGEST_SHOWN) + "…" : text;
    }

    private static String decimal(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (value == 0) {
            return "0";
        }
        return String.format(Locale.ROOT, value < 1 ? "%.3f" : value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }

    private static String at(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String digest(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
