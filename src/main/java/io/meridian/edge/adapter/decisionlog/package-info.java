/**
 * The audit log of decisions: one JSON object per line in rotated files.
 *
 * <p>Two things ruin audit logs: they slow down what they watch, or they lose records and do not say so. So a request only puts a
 * reference into a bounded ring and goes on; one thread encodes and writes; what found no room is counted. At rest,
 * {@code produced = written + dropped}, exactly.
 *
 * <p>What is written is an allow-list of ids of our own configuration, counts and numbers. Nothing that identifies a visitor and
 * nothing a caller wrote freely gets in, the request id included.
 */
@NullMarked
package io.meridian.edge.adapter.decisionlog;

import org.jspecify.annotations.NullMarked;
