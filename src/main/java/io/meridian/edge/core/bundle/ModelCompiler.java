package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.Located;
import io.meridian.edge.core.bundle.definition.RegionDefinition;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.scoring.FeatureLayout;
import io.meridian.edge.core.scoring.LoadedModel;
import io.meridian.edge.core.scoring.ModelCard;
import io.meridian.edge.core.scoring.Pace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds a region's models against the facts there are. */
final class ModelCompiler {
    private final RegionModels models;
    private final Findings findings;
    private final List<SubjectModel> subjectModels = new ArrayList<>();
    private final List<CandidateModel> candidateModels = new ArrayList<>();
    private final List<ModelCard> cards = new ArrayList<>();
    private boolean complete = true;

    ModelCompiler(RegionModels models, Findings findings) {
        this.models = models;
        this.findings = findings;
    }

    /** The scores conditions may read. */
    static List<String> scores(RegionDefinition region, RegionModels models) {
        List<String> scores = new ArrayList<>();
        for (RegionDefinition.Model wanted : region.models()) {
            LoadedModel model = models.catalog().find(wanted.name().value());
            if (model != null && model.card().kind() == ModelCard.Kind.SUBJECT) {
                scores.add(model.card().score());
            }
        }
        return scores;
    }

    void compile(RegionDefinition region, FactLayout facts) {
        for (RegionDefinition.Model wanted : region.models()) {
            LoadedModel model = models.catalog().find(wanted.name().value());
            Located<String> version = wanted.version();
            if (version == null) {
                complete = false;
                continue;
            }
            if (model == null || !model.card().version().equals(version.value())) {
                complete = false;
                if (models.problems().isEmpty()) {
                    findings.add(
                            wanted.name().where(),
                            "missing-model",
                            "the model '" + wanted.name().value() + "' of version '" + version.value()
                                    + "' is not there",
                            "");
                }
                continue;
            }
            add(model, facts);
        }
    }

    private void add(LoadedModel model, FactLayout facts) {
        ModelCard card = model.card();
        FeatureLayout.Compilation compilation = FeatureLayout.compile(card, facts);
        if (compilation instanceof FeatureLayout.Compilation.Rejected rejected) {
            Where where = Where.file("models/" + card.id() + "/model.yaml");
            rejected.problems()
                    .forEach(problem ->
                            findings.add(where, "bad-model", problem.pointer() + ": " + problem.message(), ""));
            return;
        }
        FeatureLayout features = ((FeatureLayout.Compilation.Compiled) compilation).layout();
        cards.add(card);
        switch (card.kind()) {
            case SUBJECT ->
                subjectModels.add(new SubjectModel(
                        card.name(),
                        card.version(),
                        facts.indexOf(ContractCompiler.SCORE + card.score()),
                        card.purposes(),
                        features,
                        model.scorer(),
                        new Pace()));
            case CANDIDATE ->
                candidateModels.add(new CandidateModel(
                        card.name(), card.version(), card.confidenceThreshold(), features, model.scorer(), new Pace()));
        }
    }

    List<SubjectModel> subjectModels() {
        return subjectModels;
    }

    List<CandidateModel> candidateModels() {
        return candidateModels;
    }

    /** The cards of all models that fit. */
    List<ModelCard> cards() {
        return cards;
    }

    /** The card of a model that fits, or null. */
    @Nullable
    ModelCard card(String name) {
        return cards.stream()
                .filter(card -> card.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The index among the candidate models, or -1. */
    int candidateIndex(String name) {
        for (int i = 0; i < candidateModels.size(); i++) {
            if (candidateModels.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** False if a model is missing, so that nothing can be said of what rests on it. */
    boolean complete() {
        return complete && models.problems().isEmpty();
    }
}
