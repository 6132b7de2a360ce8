package io.meridian.edge.core.profile;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that may be known of a visitor and of the moment, with type, data class, retention and owner. Immutable. */
public final class AttributeContract {
    /**
     * A namespace of identifiers.
     *
     * @param name for example {@code customer}
     * @param device true if identifiers live on the visitor's device, so that using one also needs the purpose STORE
     */
    public record Namespace(String name, boolean device) {}

    /**
     * An attribute of the profile.
     *
     * @param name as in {@code profile.<name>}
     * @param position place in the stored array of its class, from 0
     * @param values the values a string may take; empty if any
     * @param retentionSeconds how long it may be kept after it was last written
     * @param owner the system that answers for it
     */
    public record Attribute(
            String name,
            DataClass dataClass,
            int position,
            ValueType type,
            List<String> values,
            long retentionSeconds,
            String owner,
            String description) {}

    /**
     * An attribute a caller may send with a request, read as {@code context.attributes.<name>}.
     *
     * @param name dotted
     * @param values the values a string may take; empty if any
     */
    public record ContextAttribute(String name, ValueType type, List<String> values, String description) {}

    private final List<Namespace> namespaces;
    private final List<Attribute> attributes;
    private final List<ContextAttribute> contextAttributes;
    private final Map<String, Attribute> byName = new HashMap<>();
    private final List<List<Attribute>> byClass = new ArrayList<>();

    /**
     * @param namespaces in order of preference
     * @param attributes positions gapless from 0 within each class, names unique
     */
    public AttributeContract(
            List<Namespace> namespaces, List<Attribute> attributes, List<ContextAttribute> contextAttributes) {
        this.namespaces = List.copyOf(namespaces);
        this.attributes = List.copyOf(attributes);
        this.contextAttributes = List.copyOf(contextAttributes);
        for (int i = 0; i < DataClass.count(); i++) {
            DataClass dataClass = DataClass.at(i);
            byClass.add(attributes.stream()
                    .filter(attribute -> attribute.dataClass() == dataClass)
                    .sorted(Comparator.comparingInt(Attribute::position))
                    .toList());
        }
        attributes.forEach(attribute -> byName.put(attribute.name(), attribute));
    }

    /** In order of preference: of several ids in a request the first namespace here counts. */
    public List<Namespace> namespaces() {
        return namespaces;
    }

    public List<Attribute> attributes() {
        return attributes;
    }

    public List<ContextAttribute> contextAttributes() {
        return contextAttributes;
    }

    /** The attributes of a class by position. */
    public List<Attribute> of(DataClass dataClass) {
        return byClass.get(dataClass.ordinal());
    }

    /** The attribute of that name, null if the contract has none. */
    public @Nullable Attribute find(String name) {
        return byName.get(name);
    }

    /** How long a class's value may be kept: the shortest retention of its attributes. 0 if the class has none. */
    public long retentionSeconds(DataClass dataClass) {
        return of(dataClass).stream()
                .mapToLong(Attribute::retentionSeconds)
                .min()
                .orElse(0);
    }
}
