/**
 * The doors of the administration, on a port of their own: pushing, activating and stepping back, and looking at what is active and how that
 * came about. Keys that decide open none of them, and theirs open no other. The document is {@code META-INF/openapi-admin.yaml}.
 */
@NullMarked
package io.meridian.edge.adapter.http.admin;

import org.jspecify.annotations.NullMarked;
