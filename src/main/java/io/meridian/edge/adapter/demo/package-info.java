/**
 * Believable customers for demonstrations and measurements, made from a seed: nobody needs real people's data to see the service at
 * work.
 */
@NullMarked
package io.meridian.edge.adapter.demo;

import org.jspecify.annotations.NullMarked;
