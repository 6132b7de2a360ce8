package io.meridian.edge.core.eligibility;

/**
 * A reason to keep offers from a visitor.
 *
 * @param legal required by law: then not knowing, or not being able to tell, keeps them away too
 * @param conditionIndex when it holds
 */
public record Suppression(String id, boolean legal, int conditionIndex) {
    /** True if the offers are out, given the outcome of the condition. */
    public boolean excludes(byte outcome) {
        return outcome == Truth.TRUE || (legal && outcome != Truth.FALSE);
    }
}
