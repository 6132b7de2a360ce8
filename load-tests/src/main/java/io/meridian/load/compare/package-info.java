/** {@code compare}: did a change make the service slower? Reads results of runs before and after it. */
package io.meridian.load.compare;
