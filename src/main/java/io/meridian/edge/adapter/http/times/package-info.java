/**
 * How long requests, decisions and their stages take, as histograms for Prometheus.
 *
 * <p>Buckets of our own rather than Micrometer's timers: a decision records up to seven times, and seven of those timers take about a
 * microsecond, more than whole stages do; these take about a seventh of that and allocate nothing. Likewise for requests: the framework's own metrics
 * match every path against a list of patterns and make some 2 KB of garbage of it. What is counted here leaves through
 * the same Prometheus registry.
 */
@NullMarked
package io.meridian.edge.adapter.http.times;

import org.jspecify.annotations.NullMarked;
