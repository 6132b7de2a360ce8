package io.meridian.models;

import java.util.List;

/**
 * One input column of a model: how a fact becomes a number. The same words as in the card.
 *
 * @param name unique within the model
 * @param from the attribute
 * @param transform how it becomes a number
 * @param fallback the encoded number for a missing value
 * @param cardDefault the default as the card writes it; empty where the transform takes none
 * @param low lowest number before the transform; negative infinity for no clip
 * @param high highest number before the transform; infinity for no clip
 * @param values of an ordinal, in order
 * @param value what equals compares with; empty for other transforms
 */
record FeatureSpec(
        String name,
        String from,
        Transform transform,
        double fallback,
        String cardDefault,
        double low,
        double high,
        List<String> values,
        String value) {
    /** As in the service. */
    enum Transform {
        IDENTITY("identity"),
        LOG1P("log1p"),
        ORDINAL("ordinal"),
        BOOLEAN("boolean"),
        EQUALS("equals"),
        EQUALS_OFFER_CATEGORY("equals-offer-category");

        private final String cardName;

        Transform(String cardName) {
            this.cardName = cardName;
        }

        String cardName() {
            return cardName;
        }
    }

    private static final double NONE = Double.POSITIVE_INFINITY;

    static FeatureSpec identity(String from, double fallback, double low, double high) {
        return new FeatureSpec(
                lastPart(from), from, Transform.IDENTITY, fallback, plain(fallback), low, high, List.of(), "");
    }

    static FeatureSpec log1p(String from, double fallback, double low, double high) {
        double encoded = StrictMath.log1p(fallback);
        return new FeatureSpec(
                lastPart(from), from, Transform.LOG1P, encoded, plain(fallback), low, high, List.of(), "");
    }

    static FeatureSpec ordinal(String from, String fallback, String... values) {
        List<String> listed = List.of(values);
        return new FeatureSpec(
                lastPart(from), from, Transform.ORDINAL, listed.indexOf(fallback), fallback, -NONE, NONE, listed, "");
    }

    static FeatureSpec flag(String from) {
        return new FeatureSpec(lastPart(from), from, Transform.BOOLEAN, 0, "false", -NONE, NONE, List.of(), "");
    }

    static FeatureSpec equalTo(String name, String from, String value) {
        return new FeatureSpec(name, from, Transform.EQUALS, 0, "", -NONE, NONE, List.of(), value);
    }

    static FeatureSpec equalsOfferCategory(String name, String from) {
        return new FeatureSpec(name, from, Transform.EQUALS_OFFER_CATEGORY, 0, "", -NONE, NONE, List.of(), "");
    }

    /** True if the encoded value is one of a few whole numbers. */
    boolean discrete() {
        return transform != Transform.IDENTITY && transform != Transform.LOG1P;
    }

    /** The encoded value of a row. */
    float encode(Table table, int row) {
        Table.Column column = table.column(from);
        double raw = column.at(row);
        if (Double.isNaN(raw)) {
            return (float) fallback;
        }
        return switch (transform) {
            case IDENTITY -> (float) clip(raw);
            case LOG1P -> (float) StrictMath.log1p(Math.max(0, clip(raw)));
            case BOOLEAN -> (float) raw;
            case ORDINAL -> {
                int index = values.indexOf(column.text((int) raw));
                yield index < 0 ? (float) fallback : index;
            }
            case EQUALS -> has(column, raw, value) ? 1 : 0;
            case EQUALS_OFFER_CATEGORY -> {
                Table.Column offer = table.column(Attributes.OFFER_CATEGORY);
                double category = offer.at(row);
                yield !Double.isNaN(category) && has(column, raw, offer.text((int) category)) ? 1 : 0;
            }
        };
    }

    private static boolean has(Table.Column column, double raw, String wanted) {
        int code = column.codeIfKnown(wanted);
        return code >= 0 && (column.kind() == Kind.TEXTS ? ((long) raw >> code & 1) == 1 : (int) raw == code);
    }

    private double clip(double raw) {
        return Math.max(low, Math.min(high, raw));
    }

    private static String lastPart(String from) {
        return from.substring(from.lastIndexOf('.') + 1);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** All features of all rows, row after row. */
    static float[] encode(List<FeatureSpec> features, Table table, int[] rows) {
        float[] encoded = new float[rows.length * features.size()];
        int position = 0;
        for (int row : rows) {
            for (FeatureSpec feature : features) {
                encoded[position++] = feature.encode(table, row);
            }
        }
        return encoded;
    }
}
