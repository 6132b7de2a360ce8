package io.meridian.edge.adapter.release;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The paths an archive may hold: those of YAML files below a configuration's folder, in letters that mean the same everywhere. */
final class FilePaths {
    /** The longest path, in characters. */
    static final int MAX = 200;

    // A part never begins with a dot: neither "..", nor hidden files, which are no part of a configuration.
    private static final Pattern PATH =
            Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*/){0,7}[A-Za-z0-9_-][A-Za-z0-9._-]*\\.ya?ml");

    private FilePaths() {}

    /** What is wrong with a path; null if nothing. */
    static @Nullable String fault(String path) {
        if (path.length() <= MAX && PATH.matcher(path).matches()) {
            return null;
        }
        return "the path '" + shown(path)
                + "' cannot be in a bundle; write letters, digits, '_', '-' and '.', at most 8 levels of"
                + " folders, at most " + MAX + " characters, ending in .yaml";
    }

    /** Fit to be printed, whatever is in it. */
    static String shown(String path) {
        String shortened = path.length() <= 80 ? path : path.substring(0, 80) + "…";
        return shortened.replaceAll("[^ -~…]", "?");
    }
}
