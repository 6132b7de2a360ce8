/**
 * Conditions as people write them: CEL text, parsed and checked by the CEL library, then translated into the core's own compiled form.
 *
 * <p>The library is on no request's way. What it accepts and we do not support, or what it accepts and is certainly a slip
 * (comparing a string with a number), is refused here with a place, a reason and advice. Nothing outside the supported
 * subset compiles. The library's own evaluator serves the tests as a second opinion.
 *
 * <p>A native binary needs reflection for the messages of {@code com.google.api.expr.v1alpha1} that hold a parsed and
 * checked expression, with their builders, for protobuf's well-known types and for {@code DescriptorProtos} and its
 * nested classes: protobuf looks their accessors up by name.
 */
@NullMarked
package io.meridian.edge.adapter.cel;

import org.jspecify.annotations.NullMarked;
