/**
 * What a run leaves behind: one small file of figures, read by people and by {@code compare}. Gatling's own log is binary and has
 * milliseconds; decisions take less than two, so a run measures for itself.
 */
package io.meridian.load.results;
