package io.meridian.edge.core.bundle;

import io.meridian.edge.core.calendar.MarketCalendar;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.scoring.Feature;
import io.meridian.edge.core.scoring.ModelCard;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an answer may depend on: classes of personal data, fields of the context, models of the visitor, segments. Follows scores to
 * their models and a segment to the conditions of its group, for which of a group's segments applies depends on all of them.
 */
final class DataUse {
    private final FactLayout facts;
    private final Map<String, DataUse> behind;
    private final TreeSet<String> contextFields = new TreeSet<>();
    private final BitSet subjectModels = new BitSet();
    private boolean segments;
    private int calendarFacts;
    private int dataClasses;

    /** @param behind what stands behind derived facts, by name ({@code score.churn_risk}, {@code segment.vip}) */
    DataUse(FactLayout facts, Map<String, DataUse> behind) {
        this.facts = facts;
        this.behind = behind;
    }

    void add(Condition condition) {
        condition.slots().stream().forEach(slot -> add(facts.slot(slot)));
    }

    void add(ModelCard card) {
        for (Feature feature : card.features()) {
            int slot = facts.indexOf(feature.from());
            if (slot >= 0) {
                add(facts.slot(slot));
            }
        }
    }

    /** @param id the segment's */
    void addSegment(String id) {
        segments = true;
        add(behind.get(ContractCompiler.SEGMENT + id));
    }

    /** @param index in {@link Bundle#subjectModels} */
    void addSubjectModel(int index) {
        subjectModels.set(index);
    }

    void addClass(int classBit) {
        dataClasses |= classBit;
    }

    void addContextField(String name) {
        contextFields.add(name);
    }

    int dataClasses() {
        return dataClasses;
    }

    /** Indices in {@link Bundle#subjectModels}, ascending. */
    int[] subjectModels() {
        return subjectModels.stream().toArray();
    }

    /** True if any segment matters. */
    boolean usesSegments() {
        return segments;
    }

    /** Mask of what {@link MarketCalendar} can be asked for. */
    int calendarFacts() {
        return calendarFacts;
    }

    /** Sorted; names as in a request. */
    TreeSet<String> contextFields() {
        return contextFields;
    }

    private void add(FactLayout.Slot slot) {
        String name = slot.name();
        if (slot.dataClass() != null) {
            dataClasses |= slot.dataClass().bit();
        } else if (name.startsWith(ContractCompiler.CONTEXT_ATTRIBUTE)) {
            contextFields.add(name.substring(ContractCompiler.CONTEXT_ATTRIBUTE.length()));
        } else if (name.startsWith(ContractCompiler.CONTEXT)) {
            addContext(name.substring(ContractCompiler.CONTEXT.length()));
        } else if (name.startsWith(ContractCompiler.SEGMENT)) {
            addSegment(name.substring(ContractCompiler.SEGMENT.length()));
        } else {
            add(behind.get(name));
        }
    }

    /** What the calendar says of the moment is sent by nobody: it ends an answer's life and is nothing a cache could compare. */
    private void addContext(String name) {
        switch (name) {
            case "daypart" -> calendarFacts |= MarketCalendar.DAY_PART;
            case "weekday" -> calendarFacts |= MarketCalendar.WEEKDAY;
            case "hour" -> calendarFacts |= MarketCalendar.HOUR;
            case "holiday" -> calendarFacts |= MarketCalendar.HOLIDAY;
            default -> contextFields.add(name);
        }
    }

    /** Everything the other one depends on, too. */
    void add(@Nullable DataUse other) {
        if (other != null && other != this) {
            dataClasses |= other.dataClasses;
            subjectModels.or(other.subjectModels);
            segments |= other.segments;
            calendarFacts |= other.calendarFacts;
            contextFields.addAll(other.contextFields);
        }
    }
}
