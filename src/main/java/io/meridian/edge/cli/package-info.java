/**
 * The {@code meridian} command line: for market teams and operators.
 *
 * <p>Exit codes are for scripts: 0 fine, 1 problems found and printed, 2 wrong usage. Only {@code serve} starts a server.
 */
@NullMarked
package io.meridian.edge.cli;

import org.jspecify.annotations.NullMarked;
