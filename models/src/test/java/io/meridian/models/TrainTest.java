package io.meridian.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class TrainTest {
    @TempDir
    private Path temporary;

    @Test
    void aSmallTrainingIsWholeBetterThanChanceAndTheSameAgain() throws IOException {
        String[] arguments = {"--model", "churn-risk", "--customers", "4000", "--output"};
        Plan plan = Plans.churnRisk();
        Path first = temporary.resolve("first");
        Path second = temporary.resolve("second");
        Train.train(plan, Options.parse(append(arguments, first.toString())));
        Train.train(plan, Options.parse(append(arguments, second.toString())));

        for (String file : List.of("model.onnx", "model.yaml", "examples.csv")) {
            assertArrayEquals(
                    Files.readAllBytes(first.resolve("churn-risk/1").resolve(file)),
                    Files.readAllBytes(second.resolve("churn-risk/1").resolve(file)),
                    file);
        }
        Map<?, ?> card = card(first.resolve("churn-risk/1/model.yaml"));
        assertEquals(plan.features().size(), ((List<?>) card.get("features")).size());
        Map<?, ?> metrics = (Map<?, ?>) card.get("metrics");
        assertTrue((double) metrics.get("auc") > .65, metrics::toString);
        assertTrue((double) metrics.get("auc") < (double) metrics.get("best_possible_auc"), metrics::toString);
        double parity = ((Number) ((Map<?, ?>) card.get("parity")).get("max_abs_difference")).doubleValue();
        assertTrue(parity < Train.MAX_DIFFERENCE);
        for (Object distribution : (List<?>) ((Map<?, ?>) card.get("reference")).get("features")) {
            double sum = ((List<?>) ((Map<?, ?>) distribution).get("shares"))
                    .stream()
                            .mapToDouble(share -> ((Number) share).doubleValue())
                            .sum();
            assertEquals(1, sum, .002, distribution::toString);
        }
    }

    @Test
    void trainsOnACsvItWrote() throws IOException {
        Path rows = temporary.resolve("rows.csv");
        Plan plan = Plans.purchasePropensity();
        Train.train(plan, Options.parse(new String[] {
            "--model",
            "purchase-propensity",
            "--customers",
            "2000",
            "--write-csv",
            rows.toString(),
            "--output",
            temporary.resolve("simulated").toString()
        }));
        Train.train(plan, Options.parse(new String[] {
            "--model",
            "purchase-propensity",
            "--csv",
            rows.toString(),
            "--from",
            "2026-01-01",
            "--until",
            "2026-03-31",
            "--output",
            temporary.resolve("read").toString()
        }));
        assertArrayEquals(
                Files.readAllBytes(temporary.resolve("simulated/purchase-propensity/1/model.onnx")),
                Files.readAllBytes(temporary.resolve("read/purchase-propensity/1/model.onnx")));
        Map<?, ?> training = (Map<?, ?>)
                card(temporary.resolve("read/purchase-propensity/1/model.yaml")).get("training");
        assertEquals("rows.csv", training.get("source"));
        assertEquals("2026-03-31", training.get("until"));
    }

    @Test
    void aMalformedCsvSaysWhere() throws IOException {
        Path file = temporary.resolve("rows.csv");
        List<String> wanted = List.of("profile.orders_90d");
        Files.writeString(file, "group,profile.orders_90d,label\n1,2,0\n2,many,1\n");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Csv.read(file, wanted))
                .getMessage()
                .contains("rows.csv:3: "));
        Files.writeString(file, "group,profile.orders_90d\n1,2\n");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Csv.read(file, wanted))
                .getMessage()
                .contains("missing: [label]"));
        Files.writeString(file, "group,profile.shoe_size,profile.orders_90d,label\n");
        assertThrows(IllegalArgumentException.class, () -> Csv.read(file, wanted));
    }

    @Test
    void noCustomerIsOnBothSidesOfASplit() {
        Table table = Plans.purchasePropensity().simulator().apply(1_000, 1L);
        Split split = Split.of(table, 1);
        Set<Long> trained = new HashSet<>();
        for (int row : split.training()) {
            trained.add(table.group(row));
        }
        for (int row : split.test()) {
            assertTrue(!trained.contains(table.group(row)));
        }
        assertEquals(table.rows(), split.training().length + split.validation().length + split.test().length);
        assertEquals(.25, (double) split.test().length / table.rows(), .05);
    }

    @Test
    void featuresTakeDefaultsClipsAndTransforms() {
        Table table = new Table(List.of(
                "profile.orders_90d", "profile.tier", "profile.favourite_categories", Attributes.OFFER_CATEGORY));
        table.begin();
        table.end(1, false, .5);
        table.begin();
        table.number("profile.orders_90d", 700);
        table.text("profile.tier", "gold");
        table.texts("profile.favourite_categories", List.of("toys", "home"));
        table.text(Attributes.OFFER_CATEGORY, "home");
        table.end(2, true, .5);
        List<FeatureSpec> features = List.of(
                FeatureSpec.log1p("profile.orders_90d", 3, 0, 200),
                FeatureSpec.ordinal("profile.tier", "silver", "none", "silver", "gold"),
                FeatureSpec.equalTo("likes_kids", "profile.favourite_categories", "kids"),
                FeatureSpec.equalsOfferCategory("match", "profile.favourite_categories"));
        assertArrayEquals(
                new float[] {(float) StrictMath.log1p(3), 1, 0, 0, (float) StrictMath.log1p(200), 2, 0, 1},
                FeatureSpec.encode(features, table, new int[] {0, 1}));
    }

    @Test
    void wrongUsageIsExplained() {
        for (String[] wrong : new String[][] {
            {"--csv"}, {"--csv", "rows.csv"}, {"--trees", "9"}, {"--customers", "10"}, {"--customers", "many"}
        }) {
            assertThrows(IllegalArgumentException.class, () -> Options.parse(wrong));
        }
    }

    private static Map<?, ?> card(Path file) throws IOException {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    private static String[] append(String[] arguments, String last) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = last;
        return all;
    }
}
