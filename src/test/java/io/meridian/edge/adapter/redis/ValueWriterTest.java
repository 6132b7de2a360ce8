package io.meridian.edge.adapter.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

class ValueWriterTest {
    private static final long SEED = 20260131;
    private static final long[] EDGES = {
        0,
        127,
        128,
        255,
        256,
        65_535,
        65_536,
        4_294_967_295L,
        4_294_967_296L,
        Long.MAX_VALUE,
        -32,
        -33,
        -128,
        -129,
        -32_768,
        -32_769,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE - 1L,
        Long.MIN_VALUE
    };

    private final ValueWriter writer = new ValueWriter(16);

    private byte[] written(Object value) {
        writer.reset();
        writer.value(value);
        return writer.toBytes();
    }

    private static byte[] expected(Object value) throws IOException {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            if (value instanceof Long number) {
                packer.packLong(number);
            } else if (value instanceof Double number) {
                packer.packDouble(number);
            } else if (value instanceof String string) {
                packer.packString(string);
            } else if (value instanceof Boolean bool) {
                packer.packBoolean(bool);
            } else {
                List<?> list = (List<?>) value;
                packer.packArrayHeader(list.size());
                for (Object element : list) {
                    packer.packString((String) element);
                }
            }
            return packer.toByteArray();
        }
    }

    @Test
    void wholeNumbersAreWrittenAsTheGeneralLibraryDoes() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        for (long edge : EDGES) {
            assertArrayEquals(expected(edge), written(edge), () -> "" + edge);
        }
        for (int i = 0; i < 2000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            assertArrayEquals(expected(value), written(value), () -> value + ", seed " + SEED);
        }
    }

    @Test
    void stringsAndListsOfEveryLengthAreWrittenAsTheGeneralLibraryDoes() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int length = 0; length <= 300; length++) {
            StringBuilder ascii = new StringBuilder();
            StringBuilder other = new StringBuilder();
            List<String> list = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                ascii.append((char) random.nextInt(0x20, 0x7F));
                other.appendCodePoint(random.nextInt(0xA0, 0x2000));
                list.add("é" + i);
            }
            int at = length;
            for (Object value : List.of(ascii.toString(), other.toString(), ascii + "ü", list)) {
                assertArrayEquals(expected(value), written(value), () -> "length " + at + ", seed " + SEED);
            }
        }
        assertArrayEquals(expected("x".repeat(70_000)), written("x".repeat(70_000)));
    }

    @Test
    void realNumbersAreWholeWhereThatLosesNothing() throws IOException {
        for (double value : new double[] {0.5, -0.0, 1e300, 9_007_199_254_740_994d, Double.MIN_VALUE, 12.34}) {
            assertArrayEquals(expected(value), written(value));
        }
        assertArrayEquals(expected(7L), written(7.0));
        assertArrayEquals(expected(true), written(true));
    }
}
