/**
 * The doors over HTTP: decisions, events, profiles, consent, the bundle, and OpenFeature's remote evaluation.
 *
 * <p>All of it is one adapter: what callers are told of problems, who they are and how JSON is read and written is the same at each
 * door. Requests stay on the event loop that received them; a resource starts the pipeline and returns, the pipeline's listener completes
 * the answer. The document of the interface is {@code META-INF/openapi.yaml}; a test holds it against the routes.
 */
@NullMarked
package io.meridian.edge.adapter.http;

import org.jspecify.annotations.NullMarked;
