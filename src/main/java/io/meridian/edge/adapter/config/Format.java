package io.meridian.edge.adapter.config;

import java.util.regex.Pattern;

/** How a word must be written. The pattern is linear in the text; words are bounded before they are matched. */
enum Format {
    ID("[a-z][a-z0-9-]{0,63}", "lower-case letters, digits and hyphens, beginning with a letter, at most 64"),
    NAME("[a-z][a-z0-9_]{0,63}", "lower-case letters, digits and underscores, beginning with a letter, at most 64"),
    DOTTED_NAME(
            "[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*){0,4}",
            "names of lower-case letters, digits and underscores, joined by dots"),
    KEY_PATTERN(
            "[a-zA-Z*][a-zA-Z0-9*_-]*(\\.[a-zA-Z0-9*_-]+){0,2}",
            "a key such as offers.recall-notice.lever, with * for any of its parts"),
    COUNTRY("[A-Z]{2}", "two capital letters as in ISO 3166-1, such as DE"),
    SUBDIVISION("[A-Z]{2}-[A-Z0-9]{1,3}", "an ISO 3166-2 code such as US-CA"),
    LANGUAGE(
            "[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3})){0,2}",
            "a BCP 47 language such as de or de-AT"),
    CURRENCY("[A-Z]{3}", "three capital letters as in ISO 4217, such as EUR"),
    VERSION("[0-9A-Za-z][0-9A-Za-z._-]{0,31}", "letters, digits, dots and hyphens, in quotes, such as \"1\""),
    FILE_NAME("[0-9A-Za-z][0-9A-Za-z._-]{0,62}", "a file's name without folders, such as model.onnx"),
    SHA256("[0-9a-f]{64}", "a SHA-256 in 64 lower-case hex digits"),
    WORD("\\S(.{0,126}\\S)?", "one line of at most 128 characters");

    private static final int MAX_LENGTH = 256;

    private final Pattern pattern;
    private final String advice;

    Format(String pattern, String advice) {
        this.pattern = Pattern.compile(pattern);
        this.advice = advice;
    }

    boolean matches(String text) {
        return text.length() <= MAX_LENGTH && pattern.matcher(text).matches();
    }

    /** What would be right. */
    String advice() {
        return advice;
    }
}
