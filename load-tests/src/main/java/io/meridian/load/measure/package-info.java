/** Measuring while a run goes on: latencies per kind and phase, the service's own resources, and the client's stalls. */
package io.meridian.load.measure;
