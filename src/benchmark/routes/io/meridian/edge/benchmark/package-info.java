/**
 * Routes that full decisions are compared with, in the same process: a constant, one Redis read, and the bare path, the least that any
 * decision from a profile and a model has to do. Compiled into the benchmark's build only.
 */
@NullMarked
package io.meridian.edge.benchmark;

import org.jspecify.annotations.NullMarked;
