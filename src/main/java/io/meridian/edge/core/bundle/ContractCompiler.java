package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.AttributesDefinition;
import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.MarketDefinition;
import io.meridian.edge.core.bundle.definition.SegmentDefinition;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.calendar.MarketCalendar;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.ValueType;
import io.meridian.edge.core.profile.AttributeContract;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** From the attribute definitions to the contract and the layout of all facts. */
final class ContractCompiler {
    /** The context every request has. */
    static final List<String> BUILT_IN = List.of("market", "country", "subdivision", "locale", "channel", "device");

    /** What a market's calendar makes of the moment: nobody sends it. */
    static final Map<String, ValueType> OF_THE_MOMENT = Map.of(
            "daypart",
            ValueType.STRING,
            "weekday",
            ValueType.STRING,
            "hour",
            ValueType.INT,
            "holiday",
            ValueType.STRING);

    static final String CONTEXT = "context.";
    static final String CONTEXT_ATTRIBUTE = "context.attributes.";
    static final String PROFILE = "profile.";
    static final String SCORE = "score.";
    static final String SEGMENT = "segment.";

    private final Findings findings;

    ContractCompiler(Findings findings) {
        this.findings = findings;
    }

    /** The contract of what could be read of the definitions. */
    AttributeContract contract(AttributesDefinition definition) {
        List<AttributeContract.Namespace> namespaces = new ArrayList<>();
        Map<String, Where> seen = new HashMap<>();
        for (AttributesDefinition.Namespace namespace : definition.namespaces()) {
            if (findings.first(seen, namespace.id(), "the namespace")) {
                namespaces.add(new AttributeContract.Namespace(namespace.id().value(), namespace.device()));
            }
        }
        List<AttributeContract.Attribute> attributes = profile(definition);
        List<AttributeContract.ContextAttribute> context = context(definition);
        return new AttributeContract(namespaces, attributes, context);
    }

    private List<AttributeContract.Attribute> profile(AttributesDefinition definition) {
        List<AttributeContract.Attribute> attributes = new ArrayList<>();
        Map<String, Where> names = new HashMap<>();
        Map<DataClass, TreeMap<Integer, Located<String>>> positions = new HashMap<>();
        boolean allReadable = true;
        for (AttributesDefinition.Profile attribute : definition.profile()) {
            findings.unique(attribute.values(), "the value");
            boolean first = findings.first(names, attribute.name(), "the attribute");
            DataClass dataClass = attribute.dataClass();
            Located<Integer> position = attribute.position();
            ValueType type = attribute.type();
            if (dataClass == null || position == null) {
                allReadable = false;
            } else {
                Located<String> before = positions
                        .computeIfAbsent(dataClass, key -> new TreeMap<>())
                        .putIfAbsent(position.value(), attribute.name());
                if (before != null) {
                    findings.add(
                            position.where(),
                            "duplicate",
                            "position " + position.value() + " of class " + name(dataClass) + " already belongs to '"
                                    + before.value() + "'",
                            "a position belongs to one attribute for ever; take the next free one");
                    first = false;
                }
            }
            if (first && type != null) {
                attributes.add(new AttributeContract.Attribute(
                        attribute.name().value(),
                        dataClass == null ? DataClass.SENSITIVE : dataClass,
                        position == null ? 0 : position.value(),
                        type,
                        values(attribute.values()),
                        attribute.retentionSeconds(),
                        attribute.owner(),
                        attribute.description()));
            }
        }
        if (allReadable) {
            positions.forEach(this::gapless);
        }
        return attributes;
    }

    private void gapless(DataClass dataClass, TreeMap<Integer, Located<String>> taken) {
        int expected = 0;
        for (Map.Entry<Integer, Located<String>> entry : taken.entrySet()) {
            if (entry.getKey() != expected) {
                findings.add(
                        entry.getValue().where(),
                        "gap",
                        "position " + entry.getKey() + " of class " + name(dataClass) + " follows a gap",
                        "positions are gapless: " + expected + " is free");
                return;
            }
            expected++;
        }
    }

    private List<AttributeContract.ContextAttribute> context(AttributesDefinition definition) {
        List<AttributeContract.ContextAttribute> context = new ArrayList<>();
        Map<String, Where> names = new HashMap<>();
        definition.context().forEach(attribute -> findings.first(names, attribute.name(), "the context attribute"));
        Map<String, Boolean> added = new HashMap<>();
        for (AttributesDefinition.Context attribute : definition.context()) {
            findings.unique(attribute.values(), "the value");
            String name = attribute.name().value();
            if (isPrefix(name, names.keySet())) {
                findings.add(
                        attribute.name().where(),
                        "duplicate",
                        "'" + name + "' is both an attribute and the beginning of others",
                        "call it " + name + ".value, or the like");
                continue;
            }
            ValueType type = attribute.type();
            if (type != null && added.put(name, true) == null) {
                context.add(new AttributeContract.ContextAttribute(
                        name, type, values(attribute.values()), attribute.description()));
            }
        }
        return context;
    }

    private static boolean isPrefix(String name, Collection<String> names) {
        return names.stream().anyMatch(other -> other.startsWith(name + "."));
    }

    /** Every fact: the contract's, the built-in context, the region's scores, the segments. */
    FactLayout layout(AttributeContract contract, Collection<String> scores, List<SegmentDefinition> segments) {
        List<FactLayout.Slot> slots = new ArrayList<>();
        for (AttributeContract.Attribute attribute : contract.attributes()) {
            slots.add(new FactLayout.Slot(PROFILE + attribute.name(), attribute.type(), attribute.dataClass()));
        }
        for (String name : BUILT_IN) {
            slots.add(new FactLayout.Slot(CONTEXT + name, ValueType.STRING, null));
        }
        new TreeMap<>(OF_THE_MOMENT)
                .forEach((name, type) -> slots.add(new FactLayout.Slot(CONTEXT + name, type, null)));
        for (AttributeContract.ContextAttribute attribute : contract.contextAttributes()) {
            slots.add(new FactLayout.Slot(CONTEXT_ATTRIBUTE + attribute.name(), attribute.type(), null));
        }
        for (String score : scores) {
            slots.add(new FactLayout.Slot(SCORE + score, ValueType.DOUBLE, null));
        }
        Map<String, Where> seen = new HashMap<>();
        for (SegmentDefinition segment : segments) {
            if (findings.first(seen, segment.id(), "the segment")) {
                slots.add(new FactLayout.Slot(SEGMENT + segment.id().value(), ValueType.BOOL, null));
            }
        }
        return new FactLayout(slots);
    }

    /** The values each string fact may take, by slot; only where the contract or the markets' calendars say so. */
    static Map<Integer, List<String>> allowedValues(
            AttributeContract contract, FactLayout facts, List<MarketDefinition> markets) {
        Map<Integer, List<String>> allowed = new HashMap<>();
        for (AttributeContract.Attribute attribute : contract.attributes()) {
            if (!attribute.values().isEmpty()) {
                allowed.put(facts.indexOf(PROFILE + attribute.name()), attribute.values());
            }
        }
        for (AttributeContract.ContextAttribute attribute : contract.contextAttributes()) {
            if (!attribute.values().isEmpty()) {
                allowed.put(facts.indexOf(CONTEXT_ATTRIBUTE + attribute.name()), attribute.values());
            }
        }
        allowed.put(facts.indexOf(CONTEXT + "channel"), List.of("web", "app", "email", "kiosk"));
        allowed.put(facts.indexOf(CONTEXT + "device"), List.of("mobile", "tablet", "desktop", "kiosk"));
        allowed.put(facts.indexOf(CONTEXT + "weekday"), MarketCalendar.WEEKDAYS);
        Set<String> dayParts = new LinkedHashSet<>(List.of(MarketCalendar.NONE));
        Set<String> holidays = new LinkedHashSet<>(List.of(MarketCalendar.NONE));
        for (MarketDefinition market : markets) {
            market.calendar()
                    .dayParts()
                    .forEach(part -> dayParts.add(part.name().value()));
            market.calendar()
                    .holidays()
                    .forEach(holiday -> holidays.add(holiday.name().value()));
        }
        allowed.put(facts.indexOf(CONTEXT + "daypart"), List.copyOf(dayParts));
        allowed.put(facts.indexOf(CONTEXT + "holiday"), List.copyOf(holidays));
        return allowed;
    }

    private static List<String> values(List<Located<String>> values) {
        return values.stream().map(Located::value).distinct().toList();
    }

    private static String name(DataClass dataClass) {
        return dataClass.name().toLowerCase(java.util.Locale.ROOT);
    }
}
