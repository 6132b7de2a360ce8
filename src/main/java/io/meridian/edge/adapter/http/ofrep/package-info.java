/**
 * OpenFeature's remote evaluation protocol (OFREP 0.3): a placement is a flag, its content the value, {@code offer/variant} the
 * variant. Source: github.com/open-feature/protocol, service/openapi.yaml.
 *
 * <p>A part of the HTTP adapter and not one of its own: callers, JSON, answers and limits are the same.
 */
@NullMarked
package io.meridian.edge.adapter.http.ofrep;

import org.jspecify.annotations.NullMarked;
