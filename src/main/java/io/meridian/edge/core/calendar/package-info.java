/**
 * Civil time of a market: which part of the day it is there, which weekday, whether a holiday, whether quiet hours. Knows no clock: every
 * question comes with its moment.
 */
@NullMarked
package io.meridian.edge.core.calendar;

import org.jspecify.annotations.NullMarked;
