package io.meridian.edge.core.scoring;

import java.util.List;
import java.util.Map;

/**
 * What a model promises: the part of {@code model.yaml} the service acts on.
 *
 * @param name the model's folder; {@code [a-z][a-z0-9-]*}
 * @param version the version's folder; {@code [0-9A-Za-z][0-9A-Za-z._-]*}
 * @param kind what one row stands for
 * @param score what the result is called; {@code [a-z][a-z0-9_]*}. Conditions read a subject model's as {@code score.<name>}
 * @param file the graph's file name, beside the card
 * @param sha256 of the graph's file; 64 lower-case hex digits
 * @param cardSha256 of the card itself, {@code model.yaml} as it was read; 64 lower-case hex digits
 * @param opset operator-set version by domain, as exported
 * @param input the graph's only input, float32 of shape [batch, width]
 * @param output the graph's output that holds the score, float32 of shape [batch, columns]
 * @param purposes what the score may be used for: a mask of {@link io.meridian.edge.core.model.Purpose#bit()}, never 0
 * @param confidenceThreshold 0..1; an answer whose best candidate scores below counts as not confident
 * @param features in input order, as many as the input is wide
 * @param reference one distribution per feature, in order; empty if the card has none
 * @param scoreReference the score's distribution; at most one
 */
public record ModelCard(
        String name,
        String version,
        Kind kind,
        String score,
        String file,
        String sha256,
        String cardSha256,
        Map<String, Integer> opset,
        Input input,
        Output output,
        int purposes,
        double confidenceThreshold,
        List<Feature> features,
        List<Distribution> reference,
        List<Distribution> scoreReference) {
    /** What one row stands for. */
    public enum Kind {
        /** A visitor and an offer. */
        CANDIDATE("candidate"),
        /** A visitor. */
        SUBJECT("subject");

        private final String cardName;

        Kind(String cardName) {
            this.cardName = cardName;
        }

        /** As written in a model card. */
        public String cardName() {
            return cardName;
        }
    }

    /**
     * @param name of the graph's input
     * @param width features per row, 1 or more
     */
    public record Input(String name, int width) {}

    /**
     * @param name of the graph's output
     * @param column which column is the score, from 0
     * @param columns how many there are
     */
    public record Output(String name, int column, int columns) {}

    public ModelCard {
        opset = Map.copyOf(opset);
        features = List.copyOf(features);
        reference = List.copyOf(reference);
        scoreReference = List.copyOf(scoreReference);
    }

    /** Name and version, for messages and metrics. */
    public String id() {
        return name + "/" + version;
    }
}
