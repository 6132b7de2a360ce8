/**
 * The simulations, one class each, and how a run goes: {@link io.meridian.load.LoadSimulation} sets Gatling up, {@link
 * io.meridian.load.Run} watches, measures and writes the results.
 */
package io.meridian.load;
