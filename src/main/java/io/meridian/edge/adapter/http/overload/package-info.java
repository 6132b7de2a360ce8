/**
 * What is done when more is asked than can be answered in time: each event loop takes only so much at once, what matters least is
 * turned away first, and early.
 */
@NullMarked
package io.meridian.edge.adapter.http.overload;

import org.jspecify.annotations.NullMarked;
