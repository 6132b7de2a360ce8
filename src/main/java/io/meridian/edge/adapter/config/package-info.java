/**
 * Reads a configuration folder: YAML with positions in, definitions out, and every mistake with file, line and column.
 *
 * <p>A team's file is untrusted input with an author who wants to know what is wrong. So everything has a stated limit, and a
 * mistake never ends the reading: the reader notes it and goes on around it. YAML is taken from the parser's events rather than
 * bound to objects by a library, because only so does each key and value keep its place, and because the parts of YAML that
 * nobody needs in a configuration (tags, anchors, aliases, several documents) can be refused where they stand.
 */
@NullMarked
package io.meridian.edge.adapter.config;

import org.jspecify.annotations.NullMarked;
