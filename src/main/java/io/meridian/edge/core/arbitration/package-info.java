/** Which of the eligible offers is shown: propensity, value, context and lever, weighed as the placement says. */
@NullMarked
package io.meridian.edge.core.arbitration;

import org.jspecify.annotations.NullMarked;
