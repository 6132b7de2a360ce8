/**
 * The way of a request through the house. {@link io.meridian.edge.core.DecisionPipeline} is where to start reading.
 *
 * <p>Plain Java: no framework, no JSON, no clock, no randomness. Everything from outside comes through a port or as an argument.
 */
@NullMarked
package io.meridian.edge.core;

import org.jspecify.annotations.NullMarked;
