package io.meridian.edge.adapter.http;

import io.meridian.edge.adapter.http.wire.StrictJson;
import org.jspecify.annotations.Nullable;

/** JSON pointers that come from the pipeline, made fit to be told. */
final class Pointers {
    private static final int MAX_LENGTH = 160;
    private static final int MAX_NAME_LENGTH = 70;
    private static final String ATTRIBUTES = "/context/attributes/";
    private static final String CONTEXT = "/context/";

    private Pointers() {}

    /** The pointer up to the first name that has a character it should not have: callers may have made a name out of a value. */
    static String tellable(String pointer) {
        for (int i = 0; i < pointer.length(); i++) {
            char character = pointer.charAt(i);
            if (i >= MAX_LENGTH || (character != '/' && !StrictJson.isPlain(character))) {
                return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/', i)));
            }
        }
        return pointer;
    }

    /** The name if it is short and plain, else a word for it. */
    static String tellableName(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!StrictJson.isPlain(name.charAt(i))) {
                return "(a parameter)";
            }
        }
        return name.isEmpty() || name.length() > MAX_NAME_LENGTH ? "(a parameter)" : name;
    }

    /** Which query parameter or header a pointer into a decision request stands for; null if none. */
    static @Nullable String parameter(@Nullable String pointer) {
        if (pointer == null || pointer.isEmpty()) {
            return null;
        }
        if (pointer.startsWith(ATTRIBUTES)) {
            return "attr." + pointer.substring(ATTRIBUTES.length());
        }
        if (pointer.startsWith(CONTEXT)) {
            return pointer.substring(CONTEXT.length());
        }
        if (pointer.startsWith("/placements")) {
            return "placement";
        }
        return pointer.equals("/subject/homeRegion") ? Writes.HOME_REGION : EdgeRequest.SUBJECT;
    }
}
