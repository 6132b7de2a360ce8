package io.meridian.edge.core.arbitration;

/**
 * How a placement weighs an offer: {@code propensity^p × value^v × context^c × lever^l}. An exponent of 0 leaves a factor out,
 * 1 takes it as it is.
 *
 * @param propensity exponent, 0 to {@value #MAX_EXPONENT}
 * @param value exponent, likewise
 * @param context exponent, likewise
 * @param lever exponent, likewise
 */
public record RankingPolicy(double propensity, double value, double context, double lever) {
    /** The largest exponent. */
    public static final double MAX_EXPONENT = 4;

    /** Every factor as it is. */
    public static final RankingPolicy PLAIN = new RankingPolicy(1, 1, 1, 1);

    /**
     * An offer's score; the same bits on every machine, hence {@link StrictMath}.
     *
     * @param propensityOf 0 to 1
     * @param valueOf above 0
     * @param contextOf product of the context factors, above 0
     * @param leverOf above 0
     */
    public double score(double propensityOf, double valueOf, double contextOf, double leverOf) {
        return raise(propensityOf, propensity)
                * raise(valueOf, value)
                * raise(contextOf, context)
                * raise(leverOf, lever);
    }

    private static double raise(double base, double exponent) {
        if (exponent == 1) {
            return base;
        }
        return exponent == 0 ? 1 : StrictMath.pow(base, exponent);
    }
}
