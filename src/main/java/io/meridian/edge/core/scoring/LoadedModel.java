package io.meridian.edge.core.scoring;

/**
 * A model ready to run: checked against its card and warmed.
 *
 * @param card what it promises
 * @param scorer runs it; whoever loaded the model closes it
 */
public record LoadedModel(ModelCard card, Scorer scorer) {}
