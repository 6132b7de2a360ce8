package io.meridian.edge.core.consent;

/**
 * Reads a US Privacy string: version, notice given, opted out of sale, covered by the Limited Service Provider
 * Agreement.
 *
 * <p>Source: IAB Tech Lab, "US Privacy String" (CCPA Compliance Mechanism), version 1: {@code 1}, then three of
 * {@code Y}, {@code N}, {@code -} in either case.
 */
final class UsPrivacyDecoder {
    private UsPrivacyDecoder() {}

    /**
     * @param from index of the first character
     * @param to index after the last character
     * @param inForce true if a permission counts
     */
    static void decode(String text, int from, int to, boolean inForce, SignalCollector collector) {
        if (to - from != 4
                || text.charAt(from) != '1'
                || !isAnswer(text.charAt(from + 1))
                || !isAnswer(text.charAt(from + 2))
                || !isAnswer(text.charAt(from + 3))) {
            collector.problem(SignalProblem.US_PRIVACY_MALFORMED);
            return;
        }
        boolean optedOut = isYes(text.charAt(from + 2));
        // Who was not told of the choice has not made it.
        boolean notOptedOut = isNo(text.charAt(from + 2)) && isYes(text.charAt(from + 1));
        collector.usPrivacy(optedOut, inForce && notOptedOut);
    }

    private static boolean isAnswer(char character) {
        return character == '-' || isYes(character) || isNo(character);
    }

    private static boolean isYes(char character) {
        return character == 'Y' || character == 'y';
    }

    private static boolean isNo(char character) {
        return character == 'N' || character == 'n';
    }
}
