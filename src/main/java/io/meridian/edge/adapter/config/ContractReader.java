package io.meridian.edge.adapter.config;

import io.meridian.edge.core.bundle.definition.AttributesDefinition;
import io.meridian.edge.core.bundle.definition.AttributesDefinition.Context;
import io.meridian.edge.core.bundle.definition.AttributesDefinition.Namespace;
import io.meridian.edge.core.bundle.definition.AttributesDefinition.Profile;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code global/attributes.yaml}. */
final class ContractReader {
    /** The most attributes of one data class: what one stored value holds. */
    private static final int MAX_POSITION = 255;

    private static final long MAX_RETENTION_SECONDS = 10L * 366 * 86_400;

    private static final Map<String, Boolean> KINDS = Words.either("account", "device");
    private static final Map<String, DataClass> CLASSES = storedClasses();
    private static final Map<String, ValueType> TYPES = Words.lowerCase(ValueType.class);

    private final Problems problems;

    ContractReader(Problems problems) {
        this.problems = problems;
    }

    AttributesDefinition read(Fields file) {
        List<Namespace> namespaces = new ArrayList<>();
        file.require("namespaces", "a list of the identifiers' namespaces, the preferred one first");
        file.nonEmpty("namespaces", "without a namespace nobody can be named");
        for (Fields fields : file.children("namespaces")) {
            Located<String> id = fields.requiredWord("id", Format.ID);
            fields.require("kind", "account or device");
            Boolean device = fields.choice("kind", KINDS);
            fields.end();
            if (id != null) {
                namespaces.add(new Namespace(id, device != null && device));
            }
        }
        file.require("profile", "a list of attributes");
        List<Profile> profile = new ArrayList<>();
        for (Fields fields : file.children("profile")) {
            Profile attribute = profile(fields);
            if (attribute != null) {
                profile.add(attribute);
            }
        }
        List<Context> context = new ArrayList<>();
        for (Fields fields : file.children("context")) {
            Context attribute = context(fields);
            if (attribute != null) {
                context.add(attribute);
            }
        }
        file.end();
        return new AttributesDefinition(namespaces, profile, context);
    }

    private @Nullable Profile profile(Fields fields) {
        Located<String> name = fields.requiredWord("name", Format.NAME);
        fields.require("class", "one of " + String.join(", ", CLASSES.keySet()));
        DataClass dataClass = fields.choice("class", CLASSES);
        fields.require("position", "the attribute's place in the stored array of its class, from 0");
        Located<Integer> position = fields.whole("position", 0, MAX_POSITION);
        ValueType type = type(fields);
        List<Located<String>> values = values(fields, type);
        fields.require("retention", Words.DURATION_ADVICE);
        Located<Long> retention = fields.parsed("retention", Words::duration, Words.DURATION_ADVICE);
        if (retention != null && (retention.value() < 60 || retention.value() > MAX_RETENTION_SECONDS)) {
            problems.add(retention.where(), "out-of-range", "'retention' is too short or too long", "give 1m to 3660d");
        }
        fields.require("owner", "the team or system that answers for it");
        String owner = fields.text("owner", "");
        String description = fields.text("description", "");
        fields.end();
        return name == null
                ? null
                : new Profile(
                        name,
                        dataClass,
                        position,
                        type,
                        values,
                        retention == null ? 0 : retention.value(),
                        owner,
                        description);
    }

    private @Nullable Context context(Fields fields) {
        Located<String> name = fields.requiredWord("name", Format.DOTTED_NAME);
        ValueType type = type(fields);
        List<Located<String>> values = values(fields, type);
        String description = fields.text("description", "");
        fields.end();
        return name == null ? null : new Context(name, type, values, description);
    }

    private static @Nullable ValueType type(Fields fields) {
        fields.require("type", "one of " + String.join(", ", TYPES.keySet()));
        return fields.choice("type", TYPES);
    }

    private List<Located<String>> values(Fields fields, @Nullable ValueType type) {
        fields.nonEmpty("values", "list the values, or leave it out if there may be any");
        List<Located<String>> values = fields.words("values", Format.WORD);
        if (!values.isEmpty() && type != null && type != ValueType.STRING && type != ValueType.STRINGS) {
            problems.add(
                    fields.where("values"),
                    "wrong-type",
                    "'values' goes with the type string or strings, not with "
                            + type.name().toLowerCase(java.util.Locale.ROOT),
                    "leave 'values' out, or change the type");
        }
        return values;
    }

    private static Map<String, DataClass> storedClasses() {
        Map<String, DataClass> classes = Words.lowerCase(DataClass.class);
        classes.remove("exposure"); // counters, not attributes
        return classes;
    }
}
