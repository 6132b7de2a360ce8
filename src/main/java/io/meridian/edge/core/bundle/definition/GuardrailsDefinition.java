package io.meridian.edge.core.bundle.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What markets and regions may not do. A pattern is a key such as {@code offers.recall-notice.lever} in which {@code *} stands for
 * any run of characters without a dot.
 *
 * @param locks keys only the global layer may set
 * @param bounds limits of what markets and regions write
 * @param reserved priorities they may not give
 * @param forbidden attributes their conditions may not read
 */
public record GuardrailsDefinition(
        List<Lock> locks, List<Bound> bounds, List<Reserved> reserved, List<Forbidden> forbidden) {
    /** Everything is free. */
    public static final GuardrailsDefinition NONE =
            new GuardrailsDefinition(List.of(), List.of(), List.of(), List.of());

    /** Whom to ask, and why it is so; the reason may be empty. */
    public record Owner(String ask, String why) {}

    /** @param key a pattern; where it stands is where the lock was set */
    public record Lock(Located<String> key, Owner owner) {}

    /**
     * A limit.
     *
     * @param key a pattern
     * @param min the least, inclusive; null if there is none. Seconds for windows, the base currency for values
     * @param max the most, inclusive; null if there is none
     * @param noLooser true if the value may not be looser than the global one: no higher limit, no more items, no shorter window
     * @param durations true if a limit was written as a duration
     */
    public record Bound(
            Located<String> key,
            @Nullable Double min,
            @Nullable Double max,
            boolean noLooser,
            boolean durations,
            Owner owner) {}

    /** Priorities from one to another, both inclusive. */
    public record Reserved(int from, int to, Where where, Owner owner) {}

    /** @param attribute a fact's name, for example {@code profile.health_interest} */
    public record Forbidden(Located<String> attribute, Owner owner) {}
}
