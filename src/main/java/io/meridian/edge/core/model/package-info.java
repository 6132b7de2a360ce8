/**
 * The words every stage shares: what is asked, what is answered, and the facts a decision rests on.
 *
 * <p>Nothing in here knows how it is stored, transported or configured; this package imports nothing else of ours.
 */
@NullMarked
package io.meridian.edge.core.model;

import org.jspecify.annotations.NullMarked;
