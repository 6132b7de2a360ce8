package io.meridian.edge.cli.lab.diff;

import java.util.Locale;

/** Writes HTML piece by piece: what is written as text or as an attribute's value is escaped, tags are ours. */
public final class Html {
    private final StringBuilder out = new StringBuilder(1 << 16);

    /** Markup as it is; nothing of a configuration or of a visitor. */
    public Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Text, escaped. */
    public Html text(String text) {
        escape(text, out);
        return this;
    }

    /** A whole number with separators. */
    public Html number(long number) {
        out.append(String.format(Locale.ROOT, "%,d", number));
        return this;
    }

    /** An element with text in it. */
    public Html element(String tag, String text) {
        return raw("<" + tag + ">").text(text).raw("</" + tag + ">");
    }

    /** For use in an attribute in double quotes. */
    public static String attribute(String value) {
        StringBuilder escaped = new StringBuilder();
        escape(value, escaped);
        return escaped.toString();
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
            }
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
