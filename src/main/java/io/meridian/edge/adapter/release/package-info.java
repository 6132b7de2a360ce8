/**
 * Bundles as files: the archive, its manifest, its signatures, and the keys they are made with.
 *
 * <p>An archive comes from a network and decides what runs, so there is one way only to write each one: a ZIP of stored entries, in one
 * order, with nothing in it that does not have to be. What is read is written again in that way and must come out the same, byte for
 * byte. So there is no second reading of an archive that another tool, or another pass of ours, could make: no central directory that
 * disagrees with local headers, no hidden data before, between or after entries, no compression that could blow up, no attribute
 * that makes a link. The JDK's ZIP classes are lenient by design and were left for that reason; any unzip opens the result.
 */
@NullMarked
package io.meridian.edge.adapter.release;

import org.jspecify.annotations.NullMarked;
