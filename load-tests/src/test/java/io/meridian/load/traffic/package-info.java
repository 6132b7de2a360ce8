/** What visitors ask, drawn from {@code mix.properties}, and what answers they must be given. */
package io.meridian.load.traffic;
