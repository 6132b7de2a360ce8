package io.meridian.edge.core.bundle;

import java.util.regex.Pattern;

/** A key in which {@code *} stands for any run of characters without a dot. */
final class KeyPattern {
    private final Pattern pattern;

    KeyPattern(String text) {
        StringBuilder expression = new StringBuilder();
        for (String literal : text.split("\\*", -1)) {
            expression.append(expression.length() == 0 ? "" : "[^.]*").append(Pattern.quote(literal));
        }
        this.pattern = Pattern.compile(expression.toString());
    }

    boolean matches(String key) {
        return pattern.matcher(key).matches();
    }
}
