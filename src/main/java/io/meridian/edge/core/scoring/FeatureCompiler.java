package io.meridian.edge.core.scoring;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Nearest;
import io.meridian.edge.core.model.ValueType;
import io.meridian.edge.core.scoring.FeatureLayout.Column;
import io.meridian.edge.core.scoring.FeatureLayout.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks a card's features against the facts there are and compiles them. Used once.
 *
 * <p>Goes on after a problem: whoever wrote the card gets all of them at once.
 */
final class FeatureCompiler {
    private static final String[] NO_VALUES = {};

    private final ModelCard card;
    private final FactLayout facts;
    private final List<CardProblem> problems = new ArrayList<>();
    private final List<Column> subjectColumns = new ArrayList<>();
    private final List<Column> offerColumns = new ArrayList<>();
    private final Set<Integer> personalSlots = new HashSet<>();
    private int dataClasses;

    FeatureCompiler(ModelCard card, FactLayout facts) {
        this.card = card;
        this.facts = facts;
    }

    FeatureLayout.Compilation compile() {
        List<Feature> features = card.features();
        if (features.size() != card.input().width()) {
            problem(
                    "/input/width",
                    "is " + card.input().width() + ", but the card lists " + features.size() + " features");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < features.size(); i++) {
            Feature feature = features.get(i);
            if (!names.add(feature.name())) {
                problem("/features/" + i + "/name", "'" + feature.name() + "' is there twice");
            }
            compileFeature(i, feature);
        }
        if (!problems.isEmpty()) {
            return new FeatureLayout.Compilation.Rejected(problems);
        }
        return new FeatureLayout.Compilation.Compiled(new FeatureLayout(
                subjectColumns.toArray(Column[]::new),
                offerColumns.toArray(Column[]::new),
                personalSlots.stream().mapToInt(Integer::intValue).sorted().toArray(),
                dataClasses));
    }

    private void compileFeature(int index, Feature feature) {
        int problemsBefore = problems.size();
        boolean ofOffer = feature.from().equals(Feature.OFFER_CATEGORY);
        int slot = ofOffer ? -1 : slotOf(index, feature);
        boolean needsOffer = ofOffer || feature.transform() == Transform.EQUALS_OFFER_CATEGORY;
        if (needsOffer && card.kind() == ModelCard.Kind.SUBJECT) {
            problem(
                    index,
                    "from",
                    "a subject model scores a visitor without an offer and cannot use the offer's category");
        }
        checkExtras(index, feature);
        Operation operation = null;
        if (ofOffer) {
            operation = offerOperation(index, feature);
        } else if (slot >= 0) {
            operation = operation(index, feature, facts.slot(slot).type());
        }
        float fallback = operation == null ? 0 : fallback(index, feature, operation);
        if (operation == null || problems.size() > problemsBefore) {
            return;
        }
        Feature.Clip clip = feature.clip();
        Column column = new Column(
                index,
                operation,
                slot,
                fallback,
                clip == null ? Double.NEGATIVE_INFINITY : clip.low(),
                clip == null ? Double.POSITIVE_INFINITY : clip.high(),
                valuesOf(feature));
        (operation.needsOffer() ? offerColumns : subjectColumns).add(column);
        DataClass dataClass = slot < 0 ? null : facts.slot(slot).dataClass();
        if (dataClass != null) {
            personalSlots.add(slot);
            dataClasses |= dataClass.bit();
        }
    }

    private int slotOf(int index, Feature feature) {
        String from = feature.from();
        if (!from.startsWith("profile.") && !from.startsWith("context.")) {
            // Scores and segments rest on personal data, but their slots carry no data class: reading one would hide
            // it.
            problem(index, "from", "'" + from + "' is neither profile.…, context.… nor " + Feature.OFFER_CATEGORY);
            return -1;
        }
        int slot = facts.indexOf(from);
        if (slot < 0) {
            String near = Nearest.of(from, facts.names());
            problem(
                    index,
                    "from",
                    "there is no attribute '" + from + "'" + (near == null ? "" : "; did you mean '" + near + "'?"));
        }
        return slot;
    }

    private @Nullable Operation offerOperation(int index, Feature feature) {
        if (feature.transform() == Transform.EQUALS) {
            return Operation.OFFER_EQUALS;
        }
        problem(
                index,
                "transform",
                "the offer's category takes only 'equals', not '"
                        + feature.transform().cardName() + "'");
        return null;
    }

    private @Nullable Operation operation(int index, Feature feature, ValueType type) {
        Operation operation = switch (feature.transform()) {
            case IDENTITY -> numeric(type, Operation.INT, Operation.DOUBLE);
            case LOG1P -> numeric(type, Operation.INT_LOG1P, Operation.DOUBLE_LOG1P);
            case ORDINAL -> type == ValueType.STRING ? Operation.ORDINAL : null;
            case BOOLEAN -> type == ValueType.BOOL ? Operation.BOOL : null;
            case EQUALS -> textual(type, Operation.STRING_EQUALS, Operation.STRINGS_CONTAIN);
            case EQUALS_OFFER_CATEGORY -> textual(type, Operation.OFFER_EQUALS_STRING, Operation.OFFER_IN_STRINGS);
        };
        if (operation == null) {
            problem(
                    index,
                    "transform",
                    "'" + feature.transform().cardName() + "' does not take " + feature.from() + ", which is of type "
                            + type.celName());
        }
        return operation;
    }

    private static @Nullable Operation numeric(ValueType type, Operation ofInt, Operation ofDouble) {
        return switch (type) {
            case INT -> ofInt;
            case DOUBLE -> ofDouble;
            case BOOL, STRING, STRINGS -> null;
        };
    }

    private static @Nullable Operation textual(ValueType type, Operation ofString, Operation ofStrings) {
        return switch (type) {
            case STRING -> ofString;
            case STRINGS -> ofStrings;
            case BOOL, INT, DOUBLE -> null;
        };
    }

    /** Fields that belong to another transform are a misunderstanding: say so instead of ignoring them. */
    private void checkExtras(int index, Feature feature) {
        Transform transform = feature.transform();
        boolean numeric = transform == Transform.IDENTITY || transform == Transform.LOG1P;
        Feature.Clip clip = feature.clip();
        if (clip != null && !numeric) {
            problem(index, "clip", "only for identity and log1p");
        } else if (clip != null && !(clip.low() < clip.high())) {
            problem(index, "clip", "the first bound must be below the second");
        }
        if (transform == Transform.ORDINAL
                && (feature.values().size() < 2
                        || Set.copyOf(feature.values()).size()
                                != feature.values().size())) {
            problem(index, "values", "an ordinal needs two or more values, all different");
        } else if (transform != Transform.ORDINAL && !feature.values().isEmpty()) {
            problem(index, "values", "only for ordinal");
        }
        if (transform == Transform.EQUALS && feature.value() == null) {
            problem(index, "value", "equals needs the value to compare with");
        } else if (transform != Transform.EQUALS && feature.value() != null) {
            problem(index, "value", "only for equals");
        }
    }

    /** The encoded value for "no value", clipped and transformed like any other. */
    private float fallback(int index, Feature feature, Operation operation) {
        Literal literal = feature.fallback();
        return switch (operation) {
            case INT, DOUBLE ->
                literal instanceof Literal.Numeric number
                        ? finite(index, clip(feature, number.value()))
                        : wrongDefault(index, "must be a number");
            case INT_LOG1P, DOUBLE_LOG1P ->
                literal instanceof Literal.Numeric number
                        ? finite(index, FeatureLayout.log1p(clip(feature, number.value())))
                        : wrongDefault(index, "must be a number");
            case ORDINAL ->
                literal instanceof Literal.Text text && feature.values().contains(text.value())
                        ? feature.values().indexOf(text.value())
                        : wrongDefault(index, "must be one of " + feature.values());
            case BOOL ->
                literal instanceof Literal.Flag flag
                        ? (flag.value() ? 1 : 0)
                        : wrongDefault(index, "must be true or false");
            case STRING_EQUALS, STRINGS_CONTAIN, OFFER_EQUALS, OFFER_EQUALS_STRING, OFFER_IN_STRINGS ->
                literal == null
                        ? 0
                        : wrongDefault(index, "must be left out: no value equals nothing, so this feature is then 0");
        };
    }

    private float wrongDefault(int index, String message) {
        problem(index, "default", message);
        return 0;
    }

    private float finite(int index, double value) {
        float narrowed = (float) value;
        if (!Float.isFinite(narrowed)) {
            problem(index, "default", "must be a number that a 32-bit float holds");
        }
        return narrowed;
    }

    private static double clip(Feature feature, double value) {
        Feature.Clip clip = feature.clip();
        return clip == null ? value : Math.max(clip.low(), Math.min(clip.high(), value));
    }

    private static String[] valuesOf(Feature feature) {
        String value = feature.value();
        if (value != null) {
            return new String[] {value};
        }
        return feature.values().isEmpty() ? NO_VALUES : feature.values().toArray(String[]::new);
    }

    private void problem(int index, String field, String message) {
        problem("/features/" + index + "/" + field, message);
    }

    private void problem(String pointer, String message) {
        problems.add(new CardProblem(pointer, message));
    }
}
