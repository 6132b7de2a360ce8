package io.meridian.edge.adapter.onnx;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the service must know of an ONNX file before native code sees it: operator sets, and that all its data is in the file.
 *
 * <p>A tensor may name a file outside (data_location EXTERNAL), which the runtime would open relative to the process's working
 * folder; such a model is refused. Only the messages that can hold tensors are entered, by field number of onnx.proto (ONNX
 * 1.17); everything else is stepped over. A wire type other than the schema's is an unknown field to every
 * protobuf reader, and here as well.
 *
 * @param opset operator-set version by domain; the default domain as {@code ai.onnx}
 */
record GraphFile(Map<String, Integer> opset) {
    private static final int MAX_DEPTH = 32;
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    /** TensorProto.DataLocation.EXTERNAL. */
    private static final long EXTERNAL = 1;

    /** The bytes are no ONNX model, or one that is not taken. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }

        String problem() {
            return String.valueOf(getMessage());
        }
    }

    /** The messages that are entered. */
    private enum Message {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        TENSOR,
        SPARSE_TENSOR
    }

    static GraphFile read(byte[] bytes) throws Refused {
        Walk walk = new Walk(bytes);
        walk.message(Message.MODEL, 0, bytes.length, 0);
        if (!walk.hasGraph || walk.opset.isEmpty()) {
            throw new Refused("is no ONNX model: it has no graph or names no operator set");
        }
        return new GraphFile(walk.opset);
    }

    private static final class Walk {
        private final byte[] bytes;
        private final Map<String, Integer> opset = new TreeMap<>();
        private boolean hasGraph;
        private int position;

        Walk(byte[] bytes) {
            this.bytes = bytes;
        }

        void message(Message type, int from, int to, int depth) throws Refused {
            if (depth > MAX_DEPTH) {
                throw new Refused("is nested deeper than " + MAX_DEPTH);
            }
            position = from;
            while (position < to) {
                long tag = varint(to);
                int wireType = (int) (tag & 7);
                long field = tag >>> 3;
                if (wireType == LENGTH_DELIMITED) {
                    int length = length(to);
                    int start = position;
                    nested(type, field, start, start + length, depth);
                    position = start + length;
                } else if (wireType == VARINT) {
                    long value = varint(to);
                    if (type == Message.TENSOR && field == 14 && value == EXTERNAL) {
                        throw externalData();
                    }
                } else {
                    skipFixed(wireType, to);
                }
            }
        }

        private void nested(Message type, long field, int from, int to, int depth) throws Refused {
            switch (type) {
                case MODEL -> model(field, from, to, depth);
                case GRAPH -> {
                    if (field == 1) {
                        message(Message.NODE, from, to, depth + 1);
                    } else if (field == 5) {
                        message(Message.TENSOR, from, to, depth + 1);
                    } else if (field == 15) {
                        message(Message.SPARSE_TENSOR, from, to, depth + 1);
                    }
                }
                case NODE -> {
                    if (field == 5) {
                        message(Message.ATTRIBUTE, from, to, depth + 1);
                    }
                }
                case ATTRIBUTE -> {
                    if (field == 5 || field == 10) {
                        message(Message.TENSOR, from, to, depth + 1);
                    } else if (field == 6 || field == 11) {
                        message(Message.GRAPH, from, to, depth + 1);
                    } else if (field == 22 || field == 23) {
                        message(Message.SPARSE_TENSOR, from, to, depth + 1);
                    }
                }
                case TENSOR -> {
                    if (field == 13) {
                        throw externalData();
                    }
                }
                case SPARSE_TENSOR -> {
                    if (field == 1 || field == 2) {
                        message(Message.TENSOR, from, to, depth + 1);
                    }
                }
            }
        }

        private void model(long field, int from, int to, int depth) throws Refused {
            if (field == 7) {
                hasGraph = true;
                message(Message.GRAPH, from, to, depth + 1);
            } else if (field == 8) {
                operatorSet(from, to);
            } else if (field == 20 || field == 25) {
                throw new Refused("carries training information or functions of its own, which are not taken");
            }
        }

        private void operatorSet(int from, int to) throws Refused {
            String domain = "";
            long version = 0;
            position = from;
            while (position < to) {
                long tag = varint(to);
                if (tag == (1 << 3 | LENGTH_DELIMITED)) {
                    int length = length(to);
                    domain = new String(bytes, position, length, StandardCharsets.UTF_8);
                    position += length;
                } else if (tag == (2 << 3 | VARINT)) {
                    version = varint(to);
                } else {
                    throw new Refused("names an operator set in a form that is not known");
                }
            }
            opset.put(domain.isEmpty() ? "ai.onnx" : domain, (int) Math.max(0, Math.min(version, Integer.MAX_VALUE)));
        }

        private static Refused externalData() {
            return new Refused("keeps tensor data outside the file, which is not taken");
        }

        private void skipFixed(int wireType, int to) throws Refused {
            int size = wireType == 1 ? 8 : wireType == 5 ? 4 : -1;
            if (size < 0 || to - position < size) {
                throw truncated();
            }
            position += size;
        }

        private int length(int to) throws Refused {
            long length = varint(to);
            if (length < 0 || length > to - position) {
                throw truncated();
            }
            return (int) length;
        }

        private long varint(int to) throws Refused {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                if (position >= to) {
                    throw truncated();
                }
                byte next = bytes[position++];
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw truncated();
        }

        private static Refused truncated() {
            return new Refused("is cut off or no ONNX model");
        }
    }
}
