package io.meridian.edge.core.bundle.definition;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be known of a visitor and of the moment.
 *
 * @param namespaces of identifiers, in order of preference
 * @param profile attributes of the stored profile
 * @param context attributes a caller may send
 */
public record AttributesDefinition(List<Namespace> namespaces, List<Profile> profile, List<Context> context) {
    /** @param device true if identifiers live on the visitor's device */
    public record Namespace(Located<String> id, boolean device) {}

    /**
     * @param dataClass null if it could not be read
     * @param position place in the stored array of its class, from 0; null if it could not be read
     * @param type null if it could not be read
     * @param values the values a string may take; empty if any
     * @param retentionSeconds 0 if it could not be read
     */
    public record Profile(
            Located<String> name,
            @Nullable DataClass dataClass,
            @Nullable Located<Integer> position,
            @Nullable ValueType type,
            List<Located<String>> values,
            long retentionSeconds,
            String owner,
            String description) {}

    /**
     * @param name dotted
     * @param type null if it could not be read
     * @param values the values a string may take; empty if any
     */
    public record Context(
            Located<String> name, @Nullable ValueType type, List<Located<String>> values, String description) {}
}
