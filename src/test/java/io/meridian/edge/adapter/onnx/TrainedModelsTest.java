package io.meridian.edge.adapter.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.ValueType;
import io.meridian.edge.core.scoring.Feature;
import io.meridian.edge.core.scoring.FeatureLayout;
import io.meridian.edge.core.scoring.LoadedModel;
import io.meridian.edge.core.scoring.ModelCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The service computes the scores the trainer computed.
 *
 * <p>Trainer and service encode features with code of their own. Beside each model lie rows as the trainer saw them, with the
 * score of the training library; here they go the service's way, from facts to score.
 */
class TrainedModelsTest {
    private static final Set<String> BEHAVIOUR = Set.of(
            "sessions_7d",
            "sessions_30d",
            "pages_30d",
            "days_since_visit",
            "cart_adds_30d",
            "cart_abandons_30d",
            "searches_30d",
            "email_opens_90d",
            "email_clicks_90d",
            "app_installed",
            "viewed_category",
            "wishlist_count");
    private static final Set<String> TEXTS = Set.of(
            "profile.tier",
            "profile.last_category",
            "profile.top_category",
            "profile.viewed_category",
            "context.device",
            "context.channel");
    private static final Set<String> DOUBLES = Set.of(
            "profile.spend_90d",
            "profile.spend_365d",
            "profile.avg_order_value",
            "profile.return_rate",
            "profile.coupon_share");

    @Test
    void purchasePropensityScoresAsTrained() throws Exception {
        scoresAsTrained(ModelFolder.PROPENSITY);
    }

    @Test
    void churnRiskScoresAsTrained() throws Exception {
        scoresAsTrained(ModelFolder.CHURN);
    }

    private static void scoresAsTrained(String name) throws Exception {
        Path examples = ModelFolder.TRAINED.resolve(name).resolve("1").resolve("examples.csv");
        List<String> lines = Files.readAllLines(examples);
        List<String> header = List.of(lines.get(0).split(",", -1));
        FactLayout facts = factLayout(header);
        try (ModelCatalog catalog = load(name)) {
            LoadedModel model = catalog.models().get(0);
            FeatureLayout layout = assertInstanceOf(
                            FeatureLayout.Compilation.Compiled.class, FeatureLayout.compile(model.card(), facts))
                    .layout();
            assertEquals(DataClass.TRANSACTION.bit() | DataClass.BEHAVIOUR.bit(), layout.dataClasses());
            float[] row = new float[layout.width()];
            float[] score = new float[1];
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                Facts visitor = visitor(facts, header, cells);
                assertTrue(layout.computable(visitor));
                int category = header.indexOf(Feature.OFFER_CATEGORY);
                layout.encodeSubject(visitor, row);
                layout.encodeOffer(visitor, category < 0 ? "" : cells[category], row);
                model.scorer().rows(1).put(row);
                model.scorer().run(1, score);
                assertEquals(Double.parseDouble(cells[header.indexOf("score")]), score[0], 1e-6, line);
            }
            assertTrue(lines.size() > 100, "too few examples to mean anything");
        }
    }

    private static FactLayout factLayout(List<String> header) {
        List<FactLayout.Slot> slots = new ArrayList<>();
        for (String name : header) {
            if (name.startsWith("profile.") || name.startsWith("context.")) {
                slots.add(new FactLayout.Slot(name, typeOf(name), dataClassOf(name)));
            }
        }
        return new FactLayout(slots);
    }

    private static ValueType typeOf(String name) {
        if (name.equals("profile.app_installed")) {
            return ValueType.BOOL;
        }
        return TEXTS.contains(name) ? ValueType.STRING : DOUBLES.contains(name) ? ValueType.DOUBLE : ValueType.INT;
    }

    private static DataClass dataClassOf(String name) {
        if (name.startsWith("context.")) {
            return null;
        }
        return BEHAVIOUR.contains(name.substring("profile.".length())) ? DataClass.BEHAVIOUR : DataClass.TRANSACTION;
    }

    private static Facts visitor(FactLayout layout, List<String> header, String[] cells) {
        Facts facts = new Facts(layout);
        facts.show(DataClass.ALL_BITS);
        for (int slot = 0; slot < layout.size(); slot++) {
            String cell = cells[header.indexOf(layout.slot(slot).name())];
            if (cell.isEmpty()) {
                facts.setAbsent(slot);
                continue;
            }
            switch (layout.slot(slot).type()) {
                case BOOL -> facts.setBool(slot, Boolean.parseBoolean(cell));
                case INT -> facts.setLong(slot, Long.parseLong(cell));
                case DOUBLE -> facts.setDouble(slot, Double.parseDouble(cell));
                case STRING -> facts.setString(slot, cell);
                case STRINGS -> facts.setStrings(slot, cell.split("\\|"));
            }
        }
        return facts;
    }

    private static ModelCatalog load(String name) {
        OnnxModels.Outcome outcome = ModelFolder.load(ModelFolder.TRAINED, Map.of(name, "1"));
        return assertInstanceOf(OnnxModels.Outcome.Loaded.class, outcome, outcome::toString)
                .catalog();
    }
}
