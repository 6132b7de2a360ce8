/**
 * What an edge keeps on disk of its own: the bundles that were active, which of them is, and the audit of how that came about.
 *
 * <p>Every file is written whole beside its place, flushed, and moved there; the folder is flushed too. So a process that is killed at any
 * moment leaves the old state or the new one. One process per folder, held by a lock.
 */
@NullMarked
package io.meridian.edge.adapter.state;

import org.jspecify.annotations.NullMarked;
