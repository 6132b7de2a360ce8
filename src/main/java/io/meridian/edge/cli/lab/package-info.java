/**
 * Decisions without a service: the pipeline itself, in this process, over visitors that somebody wrote down or a seed made up. What
 * {@code test}, {@code explain} and {@code diff} stand on.
 *
 * <p>Nothing here decides anything: rules, consent and models are asked as in the service, and profiles pass through the same bytes.
 */
@NullMarked
package io.meridian.edge.cli.lab;

import org.jspecify.annotations.NullMarked;
