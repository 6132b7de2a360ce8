/** Where a subject's data lives, and what a request gets that came to another region. */
@NullMarked
package io.meridian.edge.core.residency;

import org.jspecify.annotations.NullMarked;
