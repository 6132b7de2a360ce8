package io.meridian.edge.core.scoring;

/**
 * Why a card cannot be used.
 *
 * @param pointer JSON pointer (RFC 6901) into the card, such as {@code /features/3/from}; empty for the card as a whole
 * @param message what is wrong and what would be right
 */
public record CardProblem(String pointer, String message) {}
