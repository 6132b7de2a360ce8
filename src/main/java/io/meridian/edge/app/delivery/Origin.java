package io.meridian.edge.app.delivery;

/**
 * Who offers a configuration.
 *
 * @param who id of the key that pushed, or what in the service acted: {@code start}, {@code watch}, {@code poll}
 * @param source where it lies, for people who run the machine
 */
public record Origin(Via via, String who, String source) {
    /** The ways a configuration can come. */
    public enum Via {
        /** The service started. */
        START,
        /** The folder it runs from was saved to. */
        FOLDER,
        /** It lay where the service looks for new ones. */
        PULL,
        /** Somebody sent it. */
        PUSH,
        /** Somebody ordered a step back. */
        ROLLBACK;

        /** As written in audit events, metrics and answers. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
