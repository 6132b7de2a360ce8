package io.meridian.edge.core.scoring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.ValueType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FeatureLayoutTest {
    private static final FactLayout LAYOUT = new FactLayout(List.of(
            new FactLayout.Slot("profile.orders", ValueType.INT, DataClass.TRANSACTION),
            new FactLayout.Slot("profile.spend", ValueType.DOUBLE, DataClass.TRANSACTION),
            new FactLayout.Slot("profile.tier", ValueType.STRING, DataClass.TRANSACTION),
            new FactLayout.Slot("profile.app_installed", ValueType.BOOL, DataClass.BEHAVIOUR),
            new FactLayout.Slot("profile.favourites", ValueType.STRINGS, DataClass.PREFERENCE),
            new FactLayout.Slot("context.device", ValueType.STRING, null),
            new FactLayout.Slot("score.churn_risk", ValueType.DOUBLE, null)));
    private static final int ORDERS = 0;
    private static final int SPEND = 1;
    private static final int TIER = 2;
    private static final int APP = 3;
    private static final int FAVOURITES = 4;
    private static final int DEVICE = 5;

    private static final Literal ZERO = new Literal.Numeric(0);

    @Test
    void encodesEveryTransform() {
        FeatureLayout layout = compile(
                feature("orders", "profile.orders", Transform.LOG1P, ZERO),
                clipped("spend", "profile.spend", Transform.IDENTITY, ZERO, 0, 100),
                ordinal("tier", "profile.tier", "none", "none", "silver", "gold"),
                feature("app", "profile.app_installed", Transform.BOOLEAN, new Literal.Flag(false)),
                equalTo("mobile", "context.device", "mobile"),
                equalTo("likes_toys", "profile.favourites", "toys"),
                equalTo("category_home", Feature.OFFER_CATEGORY, "home"),
                matches("favourite_match", "profile.favourites"),
                matches("tier_match", "profile.tier"));
        Facts facts = seeing(DataClass.ALL_BITS);
        facts.setLong(ORDERS, 3);
        facts.setDouble(SPEND, 250);
        facts.setString(TIER, "gold");
        facts.setBool(APP, true);
        facts.setStrings(FAVOURITES, new String[] {"toys", "home"});
        facts.setString(DEVICE, "mobile");

        float[] row = new float[9];
        layout.encodeSubject(facts, row);
        layout.encodeOffer(facts, "home", row);

        assertArrayEquals(new float[] {(float) StrictMath.log1p(3), 100, 2, 1, 1, 1, 1, 1, 0}, row);
        layout.encodeOffer(facts, "travel", row);
        assertArrayEquals(new float[] {(float) StrictMath.log1p(3), 100, 2, 1, 1, 1, 0, 0, 0}, row);
        assertEquals(9, layout.width());
    }

    @Test
    void absentFactsTakeTheirDefaultBeforeClipAndTransform() {
        FeatureLayout layout = compile(
                clipped("orders", "profile.orders", Transform.LOG1P, new Literal.Numeric(365), 0, 100),
                ordinal("tier", "profile.tier", "silver", "none", "silver", "gold"),
                feature("app", "profile.app_installed", Transform.BOOLEAN, new Literal.Flag(true)),
                equalTo("likes_toys", "profile.favourites", "toys"),
                matches("favourite_match", "profile.favourites"));
        Facts facts = seeing(DataClass.ALL_BITS);
        for (int slot = 0; slot < LAYOUT.size(); slot++) {
            facts.setAbsent(slot);
        }
        float[] row = {9, 9, 9, 9, 9};
        layout.encodeSubject(facts, row);
        layout.encodeOffer(facts, "toys", row);

        assertArrayEquals(new float[] {(float) StrictMath.log1p(100), 1, 1, 0, 0}, row);
        assertTrue(layout.computable(facts));
    }

    @Test
    void valuesNoFloatHoldsAndValuesNotListedTakeTheDefault() {
        FeatureLayout layout = compile(
                feature("spend", "profile.spend", Transform.IDENTITY, new Literal.Numeric(7)),
                feature("spend_log", "profile.spend", Transform.LOG1P, ZERO),
                ordinal("tier", "profile.tier", "silver", "none", "silver", "gold"));
        Facts facts = seeing(DataClass.ALL_BITS);
        facts.setString(TIER, "diamond");
        float[] row = new float[3];
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e300}) {
            facts.setDouble(SPEND, bad);
            layout.encodeSubject(facts, row);
            assertEquals(7, row[0], "for " + bad);
            assertTrue(Float.isFinite(row[1]), "for " + bad);
            assertEquals(1, row[2]);
        }
        facts.setDouble(SPEND, -5);
        layout.encodeSubject(facts, row);
        assertEquals(-5, row[0]);
        assertEquals(0, row[1]);
    }

    @Test
    void isNotComputableWithoutAGrantForEveryPersonalFact() {
        FeatureLayout layout = compile(
                feature("orders", "profile.orders", Transform.IDENTITY, ZERO),
                feature("app", "profile.app_installed", Transform.BOOLEAN, new Literal.Flag(false)),
                equalTo("mobile", "context.device", "mobile"));
        int both = DataClass.TRANSACTION.bit() | DataClass.BEHAVIOUR.bit();
        assertEquals(both, layout.dataClasses());

        Facts facts = seeing(both);
        facts.setLong(ORDERS, 3);
        assertFalse(layout.computable(facts), "behaviour could not be read");
        facts.setBool(APP, true);
        assertTrue(layout.computable(facts), "a missing device is no obstacle");
        facts.show(DataClass.TRANSACTION.bit());
        assertFalse(layout.computable(facts), "behaviour was read, but may not be used here");

        float[] row = new float[3];
        layout.encodeSubject(facts, row);
        assertArrayEquals(new float[] {3, 0, 0}, row, "what may not be used does not reach the row");
    }

    @Test
    void aCandidateFeatureThatNeedsPersonalDataCounts() {
        FeatureLayout layout = compile(matches("favourite_match", "profile.favourites"));
        assertEquals(DataClass.PREFERENCE.bit(), layout.dataClasses());
        assertFalse(layout.computable(seeing(0)));
    }

    @Test
    void reportsAllProblemsAtOnce() {
        ModelCard card = card(
                ModelCard.Kind.SUBJECT,
                12,
                feature("orders", "profile.ordrs", Transform.IDENTITY, ZERO),
                feature("orders", "profile.orders", Transform.BOOLEAN, new Literal.Flag(false)),
                feature("spend", "profile.spend", Transform.IDENTITY, new Literal.Text("much")),
                ordinal("tier", "profile.tier", "diamond", "none", "silver"),
                clipped("app", "profile.app_installed", Transform.BOOLEAN, new Literal.Flag(false), 0, 1),
                clipped("spend_upside_down", "profile.spend", Transform.IDENTITY, ZERO, 5, 1),
                feature("device", "context.device", Transform.EQUALS, null),
                equalTo("category", Feature.OFFER_CATEGORY, "home"),
                feature("churn", "score.churn_risk", Transform.IDENTITY, ZERO),
                feature("huge", "profile.spend", Transform.IDENTITY, new Literal.Numeric(1e300)));

        FeatureLayout.Compilation.Rejected rejected =
                assertInstanceOf(FeatureLayout.Compilation.Rejected.class, FeatureLayout.compile(card, LAYOUT));

        List<String> pointers =
                rejected.problems().stream().map(CardProblem::pointer).toList();
        assertEquals(
                List.of(
                        "/input/width",
                        "/features/0/from",
                        "/features/1/name",
                        "/features/1/transform",
                        "/features/2/default",
                        "/features/3/default",
                        "/features/4/clip",
                        "/features/5/clip",
                        "/features/6/value",
                        "/features/7/from",
                        "/features/8/from",
                        "/features/9/default"),
                pointers);
        assertTrue(rejected.problems().get(1).message().contains("did you mean 'profile.orders'"));
        assertTrue(rejected.problems().get(3).message().contains("of type int"));
    }

    @Test
    void everyTransformRefusesEveryTypeItDoesNotTake() {
        Map<Transform, List<ValueType>> takes = Map.of(
                Transform.IDENTITY, List.of(ValueType.INT, ValueType.DOUBLE),
                Transform.LOG1P, List.of(ValueType.INT, ValueType.DOUBLE),
                Transform.ORDINAL, List.of(ValueType.STRING),
                Transform.BOOLEAN, List.of(ValueType.BOOL),
                Transform.EQUALS, List.of(ValueType.STRING, ValueType.STRINGS),
                Transform.EQUALS_OFFER_CATEGORY, List.of(ValueType.STRING, ValueType.STRINGS));
        for (Transform transform : Transform.values()) {
            for (int slot = 0; slot <= DEVICE; slot++) {
                FactLayout.Slot fact = LAYOUT.slot(slot);
                boolean compiles =
                        FeatureLayout.compile(card(ModelCard.Kind.CANDIDATE, 1, suited(transform, fact.name())), LAYOUT)
                                instanceof FeatureLayout.Compilation.Compiled;
                assertEquals(takes.get(transform).contains(fact.type()), compiles, transform + " of " + fact.type());
            }
        }
    }

    private static Feature suited(Transform transform, String from) {
        return switch (transform) {
            case IDENTITY, LOG1P -> feature("x", from, transform, ZERO);
            case ORDINAL -> ordinal("x", from, "a", "a", "b");
            case BOOLEAN -> feature("x", from, transform, new Literal.Flag(false));
            case EQUALS -> equalTo("x", from, "a");
            case EQUALS_OFFER_CATEGORY -> matches("x", from);
        };
    }

    private static FeatureLayout compile(Feature... features) {
        FeatureLayout.Compilation compilation =
                FeatureLayout.compile(card(ModelCard.Kind.CANDIDATE, features.length, features), LAYOUT);
        return assertInstanceOf(FeatureLayout.Compilation.Compiled.class, compilation, compilation::toString)
                .layout();
    }

    private static Facts seeing(int dataClasses) {
        Facts facts = new Facts(LAYOUT);
        facts.show(dataClasses);
        return facts;
    }

    private static Feature feature(String name, String from, Transform transform, Literal fallback) {
        return new Feature(name, from, transform, fallback, null, List.of(), null);
    }

    private static Feature clipped(
            String name, String from, Transform transform, Literal fallback, double low, double high) {
        return new Feature(name, from, transform, fallback, new Feature.Clip(low, high), List.of(), null);
    }

    private static Feature ordinal(String name, String from, String fallback, String... values) {
        return new Feature(name, from, Transform.ORDINAL, new Literal.Text(fallback), null, List.of(values), null);
    }

    private static Feature equalTo(String name, String from, String value) {
        return new Feature(name, from, Transform.EQUALS, null, null, List.of(), value);
    }

    private static Feature matches(String name, String from) {
        return new Feature(name, from, Transform.EQUALS_OFFER_CATEGORY, null, null, List.of(), null);
    }

    private static ModelCard card(ModelCard.Kind kind, int width, Feature... features) {
        return new ModelCard(
                "model",
                "1",
                kind,
                "score",
                "model.onnx",
                "0".repeat(64),
                "1".repeat(64),
                Map.of("ai.onnx", 15),
                new ModelCard.Input("features", width),
                new ModelCard.Output("probability", 0, 1),
                Purpose.SELECT_CONTENT.bit(),
                0,
                Stream.of(features).toList(),
                List.of(),
                List.of());
    }
}
