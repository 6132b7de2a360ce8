package io.meridian.edge.core.scoring;

import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Facts;
import java.util.List;

/**
 * A model's features, compiled against the facts of one bundle: turns a visitor and an offer into the model's input row.
 *
 * <p>Immutable and shared by all threads. Nothing here allocates after compilation.
 *
 * <p>A row is filled in two steps, because the first is the same for all candidates of a visitor: {@link #encodeSubject} once, then
 * {@link #encodeOffer} per candidate over the same array, copied into the scorer's buffer each time.
 */
public final class FeatureLayout {
    /** What a column's encoding does; transforms split by the type they read, and by whether the offer is needed. */
    enum Operation {
        INT,
        INT_LOG1P,
        DOUBLE,
        DOUBLE_LOG1P,
        ORDINAL,
        BOOL,
        STRING_EQUALS,
        STRINGS_CONTAIN,
        OFFER_EQUALS,
        OFFER_EQUALS_STRING,
        OFFER_IN_STRINGS;

        boolean needsOffer() {
            return ordinal() >= OFFER_EQUALS.ordinal();
        }
    }

    /**
     * One column.
     *
     * @param index its position in the row
     * @param operation what to do
     * @param slot the fact, or -1 for the offer alone
     * @param fallback the encoded value for a fact without a usable value
     * @param low applied before the transform; negative infinity for none
     * @param high applied before the transform; infinity for none
     * @param values what strings are compared with, at least one; or empty
     */
    @SuppressWarnings("ArrayRecordComponent") // package-private, never compared, and the loop below wants the array
    record Column(int index, Operation operation, int slot, float fallback, double low, double high, String[] values) {}

    /** What came of compiling. */
    public sealed interface Compilation {
        /** The card fits. */
        record Compiled(FeatureLayout layout) implements Compilation {}

        /** The card does not fit, for all these reasons; at least one. */
        record Rejected(List<CardProblem> problems) implements Compilation {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }

    private final Column[] subjectColumns;
    private final Column[] offerColumns;
    private final int[] personalSlots;
    private final int dataClasses;

    FeatureLayout(Column[] subjectColumns, Column[] offerColumns, int[] personalSlots, int dataClasses) {
        this.subjectColumns = subjectColumns;
        this.offerColumns = offerColumns;
        this.personalSlots = personalSlots;
        this.dataClasses = dataClasses;
    }

    /** Compiles a card's features against the facts there are; finds all problems at once. For compilers, off the request's way. */
    public static Compilation compile(ModelCard card, FactLayout facts) {
        return new FeatureCompiler(card, facts).compile();
    }

    /** How many features a row has. */
    public int width() {
        return subjectColumns.length + offerColumns.length;
    }

    /** The data classes the features read: a mask of {@link io.meridian.edge.core.model.DataClass#bit()}; may be 0. */
    public int dataClasses() {
        return dataClasses;
    }

    /**
     * Whether the model may and can be run for this visitor: no personal fact it reads is unknown. An absent fact takes its default,
     * as does any missing context.
     */
    public boolean computable(Facts facts) {
        for (int slot : personalSlots) {
            if (facts.state(slot) == Facts.UNKNOWN) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes every feature that does not depend on the offer; the others keep what the row had.
     *
     * @param row at least {@link #width} long
     */
    public void encodeSubject(Facts facts, float[] row) {
        for (Column column : subjectColumns) {
            row[column.index] = facts.state(column.slot) == Facts.PRESENT ? encode(column, facts) : column.fallback;
        }
    }

    /**
     * Writes every feature that depends on the offer; the others keep what the row had. Nothing to do for subject models.
     *
     * @param category the offer's category; empty if it has none
     * @param row at least {@link #width} long
     */
    public void encodeOffer(Facts facts, String category, float[] row) {
        for (Column column : offerColumns) {
            row[column.index] = encodeForOffer(column, facts, category);
        }
    }

    private static float encode(Column column, Facts facts) {
        int slot = column.slot;
        return switch (column.operation) {
            case INT -> number(column, facts.longAt(slot));
            case INT_LOG1P -> logarithm(column, facts.longAt(slot));
            case DOUBLE -> number(column, facts.doubleAt(slot));
            case DOUBLE_LOG1P -> logarithm(column, facts.doubleAt(slot));
            case ORDINAL -> {
                int index = indexOf(column.values, facts.stringAt(slot));
                yield index < 0 ? column.fallback : index;
            }
            case BOOL -> facts.boolAt(slot) ? 1 : 0;
            case STRING_EQUALS -> facts.stringAt(slot).equals(column.values[0]) ? 1 : 0;
            case STRINGS_CONTAIN -> indexOf(facts.stringsAt(slot), column.values[0]) >= 0 ? 1 : 0;
            case OFFER_EQUALS, OFFER_EQUALS_STRING, OFFER_IN_STRINGS -> throw new AssertionError(column.operation);
        };
    }

    private static float encodeForOffer(Column column, Facts facts, String category) {
        if (column.operation == Operation.OFFER_EQUALS) {
            return category.equals(column.values[0]) ? 1 : 0;
        }
        if (facts.state(column.slot) != Facts.PRESENT || category.isEmpty()) {
            return 0;
        }
        boolean matches = column.operation == Operation.OFFER_EQUALS_STRING
                ? facts.stringAt(column.slot).equals(category)
                : indexOf(facts.stringsAt(column.slot), category) >= 0;
        return matches ? 1 : 0;
    }

    private static float number(Column column, double value) {
        return finiteOr(column.fallback, clip(column, value));
    }

    private static float logarithm(Column column, double value) {
        return finiteOr(column.fallback, log1p(clip(column, value)));
    }

    private static double clip(Column column, double value) {
        return Math.max(column.low, Math.min(column.high, value));
    }

    /** StrictMath, so that a row has the same bits on every machine; below 0 counts as 0. NaN stays NaN. */
    static double log1p(double value) {
        return StrictMath.log1p(Math.max(0, value));
    }

    /** A stored NaN, or a number no float holds, is as good as no value. */
    private static float finiteOr(float fallback, double value) {
        float narrowed = (float) value;
        return Float.isFinite(narrowed) ? narrowed : fallback;
    }

    private static int indexOf(String[] values, String wanted) {
        for (int i = 0; i < values.length; i++) {
            if (values[i].equals(wanted)) {
                return i;
            }
        }
        return -1;
    }
}
