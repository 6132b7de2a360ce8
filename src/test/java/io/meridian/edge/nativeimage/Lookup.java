package io.meridian.edge.nativeimage;

import java.util.List;

/**
 * Something was looked up by name.
 *
 * @param kind the method that looked, of {@link Class}: {@code getMethod}, {@code forName} …
 * @param type the class that was asked; for {@code forName} the class that was looked for, for {@code newInstance} the type of array
 *     that was made, as {@link Class#getTypeName} gives it
 * @param name of the method, field or resource; empty if all were asked for
 * @param parameters class names as {@link Class#getTypeName} gives them
 * @param caller the class whose code looked
 */
record Lookup(String kind, String type, String name, List<String> parameters, String caller) {
    boolean isResource() {
        return kind.startsWith("getResource");
    }

    /** The resource's path from the class path's root. */
    String resource() {
        return name.startsWith("/") || type.isEmpty()
                ? name.replaceFirst("^/", "")
                : type.substring(0, type.lastIndexOf('.') + 1).replace('.', '/') + name;
    }
}
