/**
 * Who may do what: API keys with roles.
 *
 * <p>A key is 256 random bits, so a plain SHA-256 of it is as safe to store as a slow hash would be, and can be checked on
 * every request. What is stored opens nothing.
 */
@NullMarked
package io.meridian.edge.adapter.http.access;

import org.jspecify.annotations.NullMarked;
