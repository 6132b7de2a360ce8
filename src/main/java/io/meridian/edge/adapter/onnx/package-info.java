/**
 * Models from a folder to a warm session of ONNX Runtime.
 *
 * <p>Models are scored in process because a call over a network would cost more than the whole decision. The price is
 * that native code runs beside everything else, so nothing reaches it unchecked: the graph
 * must have the digest the card states, is walked for tensors outside the file and for operator sets the card does not name,
 * and its inputs and outputs are compared with the card. A model counts as loaded once it has answered.
 *
 * <p>Every native object has one owner: a scorer owns its session and, per thread that used it, the tensors over that thread's
 * buffers. Closing a scorer waits for the runs under way, then frees all of them.
 */
@NullMarked
package io.meridian.edge.adapter.onnx;

import org.jspecify.annotations.NullMarked;
