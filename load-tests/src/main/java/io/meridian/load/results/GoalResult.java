package io.meridian.load.results;

/**
 * Whether a run did what it had to.
 *
 * @param goal what had to be, with its bound
 * @param measured what was, in words
 */
public record GoalResult(String goal, boolean met, String measured) {}
