package io.meridian.edge.adapter.http;

/** JSON pointers that come from the pipeline, made fit to be told. */
final class Pointers {
    private static final int MAX_LENGTH = 160;

    private Pointers() {}

    /** The pointer up to the first character that a name should not have; callers may have made a name out of a value. */
    static String tellable(String pointer) {
        for (int i = 0; i < pointer.length(); i++) {
            char character = pointer.charAt(i);
            if (i >= MAX_LENGTH || !isTellable(character)) {
                return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/', i)));
            }
        }
        return pointer;
    }

    private static boolean isTellable(char character) {
        return character == '/'
                || character == '.'
                || character == '-'
                || character == '_'
                || (character >= '0' && character <= '9')
                || (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z');
    }
}
