/**
 * Trains the models the edge service runs, and proves that what it runs is what was trained.
 *
 * <p>The way of a training, top to bottom, is {@link io.meridian.models.Train}: rows (simulated with a seed, or read
 * from a CSV) → features as the model's card will state them → gradient boosting → ONNX → metrics on customers never trained
 * on → the card. The features are written once, in {@link io.meridian.models.Plans}; the service reads them from the card and
 * encodes with code of its own, so each model's folder also carries examples with scores that the service's tests recompute.
 */
package io.meridian.models;
