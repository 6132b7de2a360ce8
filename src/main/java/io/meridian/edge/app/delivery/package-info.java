/**
 * How configurations come into service: sources that offer them (a folder that is watched, a file or address that is polled, a push), and
 * {@link io.meridian.edge.app.delivery.Activations}, the one place where they are taken or refused.
 */
@NullMarked
package io.meridian.edge.app.delivery;

import org.jspecify.annotations.NullMarked;
