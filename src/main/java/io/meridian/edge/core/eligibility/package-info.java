/**
 * Who may see what: conditions in a compiled form, the segments built on them, the index that finds the candidates whose
 * condition holds, and suppression.
 *
 * <p>A condition means what the CEL it was written in means, with one addition: a fact that may not be used, or could not
 * be read, is <em>unknown</em>, and so is all that depends on it. Every operator here is monotone in what is known:
 * replacing a known fact by an unknown one either leaves a result as it was or makes it unknown. So taking consent away
 * never turns a condition true, not even a negated one. Conditions are evaluated hundreds of times per request; they are
 * trees of small nodes specialised for the common shapes and allocate nothing.
 */
@NullMarked
package io.meridian.edge.core.eligibility;

import org.jspecify.annotations.NullMarked;
