package io.meridian.edge.adapter.http.times;

import java.util.Locale;

/** The doors of the service, as metrics tell them apart: never by a path, which may hold a subject's id. */
public enum Door {
    /** {@code POST /v1/decide}. */
    DECIDE("/v1/decide"),
    /** {@code GET /v1/decide/{placement}}. */
    EDGE("/v1/decide/"),
    /** {@code POST /v1/events}. */
    EVENTS("/v1/events"),
    /** {@code /v1/profiles/{ns}/{id}}. */
    PROFILES("/v1/profiles/"),
    /** {@code /v1/subjects/{ns}/{id}…}. */
    SUBJECTS("/v1/subjects/"),
    /** {@code POST /ofrep/v1/evaluate/flags/{key}}. */
    FLAG("/ofrep/v1/evaluate/flags/"),
    /** {@code POST /ofrep/v1/evaluate/flags}. */
    FLAGS("/ofrep/v1/evaluate/flags"),
    /** Whatever else is asked for on the port of decisions. */
    OTHER("");

    private static final Door[] ALL = values();

    private final String path;
    private final String tag = name().toLowerCase(Locale.ROOT);

    Door(String path) {
        this.path = path;
    }

    /** The door a path leads to. A door whose path ends with a slash has names behind it; the others may be asked for with one. */
    public static Door of(String path) {
        for (Door door : ALL) {
            String its = door.path;
            int more = path.length() - its.length();
            if (path.startsWith(its) && (its.endsWith("/") ? more > 0 : more == 0 || more == 1 && path.endsWith("/"))) {
                return door;
            }
        }
        return OTHER;
    }

    /** The value of the metrics' tag. */
    String tag() {
        return tag;
    }
}
