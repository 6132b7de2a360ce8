/** What people who watch a region are given, held against a running service. */
@NullMarked
package io.meridian.edge.monitoring;

import org.jspecify.annotations.NullMarked;
