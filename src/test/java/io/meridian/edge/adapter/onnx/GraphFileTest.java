package io.meridian.edge.adapter.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GraphFileTest {
    private static final byte[] OPSET = field(8, field(1, "ai.onnx.ml".getBytes(StandardCharsets.UTF_8)), varint(2, 3));
    private static final byte[] EXTERNAL = varint(14, 1);

    @Test
    void readsOperatorSets() throws GraphFile.Refused {
        assertEquals(
                Map.of("ai.onnx.ml", 3, "ai.onnx", 15),
                GraphFile.read(join(OPSET, field(8, varint(2, 15)), field(7))).opset());
    }

    @Test
    void findsExternalDataWhereverATensorMayStand() {
        byte[][] graphs = {
            field(5, EXTERNAL), // initializer
            field(5, field(13, field(1, new byte[] {'x'}))), // its external_data, without the location
            field(15, field(1, EXTERNAL)), // sparse initializer: values
            field(15, field(2, EXTERNAL)), // and indices
            field(1, field(5, field(5, EXTERNAL))), // attribute tensor
            field(1, field(5, field(10, EXTERNAL))), // one of an attribute's tensors
            field(1, field(5, field(22, field(1, EXTERNAL)))), // sparse attribute tensor
            field(1, field(5, field(23, field(1, EXTERNAL)))),
            field(1, field(5, field(6, field(5, EXTERNAL)))), // a subgraph's initializer
            field(1, field(5, field(11, field(5, EXTERNAL)))),
        };
        for (int i = 0; i < graphs.length; i++) {
            byte[] model = join(OPSET, field(7, graphs[i]));
            GraphFile.Refused refused =
                    assertThrows(GraphFile.Refused.class, () -> GraphFile.read(model), "graph " + i);
            assertEquals("keeps tensor data outside the file, which is not taken", refused.problem(), "graph " + i);
        }
    }

    @Test
    void takesTensorsInTheFile() throws GraphFile.Refused {
        GraphFile.read(join(OPSET, field(7, field(5, varint(14, 0)))));
    }

    @Test
    void refusesFunctionsAndTrainingInformation() {
        for (int number : new int[] {20, 25}) {
            byte[] model = join(OPSET, field(7), field(number));
            assertThrows(GraphFile.Refused.class, () -> GraphFile.read(model));
        }
    }

    @Test
    void refusesBottomlessNesting() {
        byte[] graph = field(5);
        for (int i = 0; i < 20; i++) {
            graph = field(1, field(5, field(6, graph)));
        }
        byte[] model = join(OPSET, field(7, graph));
        assertTrue(assertThrows(GraphFile.Refused.class, () -> GraphFile.read(model))
                .problem()
                .startsWith("is nested deeper"));
    }

    @Test
    void refusesWhatIsNoModel() {
        assertThrows(GraphFile.Refused.class, () -> GraphFile.read(new byte[0]));
        assertThrows(GraphFile.Refused.class, () -> GraphFile.read("hello, world".getBytes(StandardCharsets.UTF_8)));
        assertThrows(GraphFile.Refused.class, () -> GraphFile.read(OPSET));
    }

    @Test
    void damagedFilesAreReadOrRefusedAndNothingElse() throws Exception {
        byte[] model = Files.readAllBytes(ModelFolder.TRAINED.resolve("churn-risk/1/model.onnx"));
        long seed = 4711;
        Random random = new Random(seed);
        int rounds = Boolean.getBoolean("meridian.thorough") ? 100_000 : 2_000;
        for (int round = 0; round < rounds; round++) {
            byte[] damaged = Arrays.copyOf(model, 1 + random.nextInt(model.length));
            for (int i = random.nextInt(8); i >= 0; i--) {
                // Mostly near the start, where the lengths of everything else stand.
                int position = random.nextInt(random.nextBoolean() ? damaged.length : Math.min(64, damaged.length));
                damaged[position] = (byte) random.nextInt();
            }
            try {
                GraphFile.read(damaged);
            } catch (GraphFile.Refused expected) {
                assertTrue(!expected.problem().isEmpty());
            } catch (RuntimeException | Error unexpected) {
                fail("seed " + seed + ", round " + round, unexpected);
            }
        }
    }

    private static byte[] field(int number, byte[]... parts) {
        byte[] content = join(parts);
        return join(number(number << 3 | 2), number(content.length), content);
    }

    private static byte[] varint(int field, int value) {
        return join(number(field << 3), number(value));
    }

    private static byte[] number(int value) {
        return value < 128
                ? new byte[] {(byte) value}
                : new byte[] {(byte) (value & 0x7f | 0x80), (byte) (value >>> 7)};
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
