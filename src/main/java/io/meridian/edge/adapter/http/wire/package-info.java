/**
 * What goes over the wire: a strict reader of JSON, a writer of JSON, problems, tokens.
 *
 * <p>The reader is a hand-made streaming one because strictness is the contract (an unknown field is an error that names it) and
 * because a decision spends more on general object mapping than on being decided. The writer passes content through
 * as the bytes it was compiled to.
 */
@NullMarked
package io.meridian.edge.adapter.http.wire;

import org.jspecify.annotations.NullMarked;
