package io.meridian.models;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What is to be trained.
 *
 * @param name the model's folder
 * @param version the version's folder
 * @param kind candidate or subject, as the card says
 * @param score what the result is called
 * @param description one sentence for the card
 * @param label one sentence: what a 1 means
 * @param confidenceThreshold for the card
 * @param features in input order
 * @param boosting LightGBM parameters
 * @param maxTrees how many trees at most; fewer if the validation rows say so
 * @param simulator rows from a number of customers and a seed
 */
record Plan(
        String name,
        String version,
        String kind,
        String score,
        String description,
        String label,
        double confidenceThreshold,
        List<FeatureSpec> features,
        String boosting,
        int maxTrees,
        BiFunction<Integer, Long, Table> simulator) {
    /** The attributes the features read. */
    List<String> attributes() {
        return attributesOf(features);
    }

    static List<String> attributesOf(List<FeatureSpec> features) {
        boolean needsOffer = features.stream()
                .anyMatch(feature -> feature.transform() == FeatureSpec.Transform.EQUALS_OFFER_CATEGORY);
        return Stream.concat(
                        features.stream().map(FeatureSpec::from),
                        needsOffer ? Stream.of(Attributes.OFFER_CATEGORY) : Stream.of())
                .distinct()
                .toList();
    }
}
