/** Who gets which variant: the same visitor always the same one, without anything being stored. */
@NullMarked
package io.meridian.edge.core.experiment;

import org.jspecify.annotations.NullMarked;
