/**
 * What a model needs and gives, without the runtime that executes it.
 *
 * <p>A model travels as a card and a graph. The card is the contract: which facts the graph was trained on, in which
 * order, with which default and transform. {@link io.meridian.edge.core.scoring.FeatureLayout} compiles that contract once
 * against the facts a bundle knows, so that encoding a visitor is a loop over arrays, and so that the data classes a
 * model needs are known before anything is read. {@link io.meridian.edge.core.scoring.Scorer} is the port behind
 * which the graph runs.
 *
 * <p>A model is computable or it is not: when a personal fact was not granted, the score is not computed from a default
 * in its place. A default stands for "this visitor has no such value", never for "we may not look".
 */
@NullMarked
package io.meridian.edge.core.scoring;

import org.jspecify.annotations.NullMarked;
