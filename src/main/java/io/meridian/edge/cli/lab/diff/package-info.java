/** What a change would do before it is live: the same visits decided by two configurations, and what differs, and why. */
@NullMarked
package io.meridian.edge.cli.lab.diff;

import org.jspecify.annotations.NullMarked;
