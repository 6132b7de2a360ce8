package io.meridian.edge.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What became of one candidate, for people.
 *
 * @param offer its id
 * @param verdict stable code
 * @param because one readable sentence; names rules and attributes, never a visitor's values
 * @param by id of the suppression or frequency cap that took it out; null if none did
 * @param factors how its score came about; null unless it was scored and factors were asked for
 */
public record CandidateTrace(
        String offer,
        Verdict verdict,
        String because,
        @Nullable String by,
        @Nullable Factors factors) {
    /**
     * A score, factor by factor: {@code score = propensity^p × value^v × context^c × lever^l} with the placement's exponents.
     *
     * @param propensity 0 to 1
     * @param propensitySource {@code model:<name>/<version>}, {@code segment:<id>} or {@code prior}
     * @param value above 0
     * @param context product of the context factors that applied
     * @param lever the business lever
     * @param score the result
     */
    public record Factors(
            double propensity, String propensitySource, double value, double context, double lever, double score) {}
}
