/**
 * How long decisions and their stages take, as histograms for Prometheus.
 *
 * <p>Buckets of our own rather than Micrometer's timers: a decision records up to seven times, and seven of those timers take about a
 * microsecond, more than whole stages do; these take about a seventh of that and allocate nothing. What is counted here leaves through
 * the same Prometheus registry.
 */
@NullMarked
package io.meridian.edge.adapter.http.times;

import org.jspecify.annotations.NullMarked;
