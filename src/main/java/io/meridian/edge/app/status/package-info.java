/**
 * {@code GET /v1/status} on the management port: whether this process serves its region as it should, and if not, which part does not.
 *
 * <p>Everything is read from the metrics, the histograms of decision times and what is active; so nothing personal can be in it, and
 * nothing on the way of a request knows of it. A {@link io.meridian.edge.app.status.Reading} is kept every ten seconds for five minutes;
 * {@link io.meridian.edge.app.status.Checks} judges the difference of two. The words of a check name the section of the runbook to go on
 * with.
 */
@NullMarked
package io.meridian.edge.app.status;

import org.jspecify.annotations.NullMarked;
