package io.meridian.models;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.util.List;

/**
 * Writes a forest as two ONNX operators: TreeEnsembleRegressor, then Sigmoid, which give one column of probabilities. (The
 * regressor has a logistic transform of its own, but ONNX Runtime leaves it out where there is one target.)
 *
 * <p>LightGBM compares {@code (double) feature <= threshold}, ONNX compares two floats. Rounding a threshold to the nearest float
 * would send a value that lies between the two the wrong way; rounding it <em>down</em> cannot, because a float is at most a double
 * exactly if it is at most the largest float not above that double.
 */
final class OnnxExport {
    static final int OPSET = 15;
    static final int OPSET_ML = 3;
    static final String INPUT = "features";
    static final String OUTPUT = "probability";

    private static final String MARGIN = "margin";

    /** IR version 8 belongs to ONNX 1.10 to 1.12, as operator set 15 does. */
    private static final int IR_VERSION = 8;

    private final OnnxMl.AttributeProto.Builder treeIds = integers("nodes_treeids");
    private final OnnxMl.AttributeProto.Builder nodeIds = integers("nodes_nodeids");
    private final OnnxMl.AttributeProto.Builder features = integers("nodes_featureids");
    private final OnnxMl.AttributeProto.Builder values = floats("nodes_values");
    private final OnnxMl.AttributeProto.Builder modes = strings("nodes_modes");
    private final OnnxMl.AttributeProto.Builder trueIds = integers("nodes_truenodeids");
    private final OnnxMl.AttributeProto.Builder falseIds = integers("nodes_falsenodeids");
    private final OnnxMl.AttributeProto.Builder targetTreeIds = integers("target_treeids");
    private final OnnxMl.AttributeProto.Builder targetNodeIds = integers("target_nodeids");
    private final OnnxMl.AttributeProto.Builder targetIds = integers("target_ids");
    private final OnnxMl.AttributeProto.Builder targetWeights = floats("target_weights");

    private OnnxExport() {}

    static byte[] export(Forest forest, String name, int width) {
        OnnxExport export = new OnnxExport();
        for (int tree = 0; tree < forest.trees().size(); tree++) {
            export.add(tree, forest.trees().get(tree));
        }
        return export.model(name, width).toByteArray();
    }

    /** The largest float that is not above the value. */
    static float floor(double value) {
        float nearest = (float) value;
        return nearest > value ? Math.nextDown(nearest) : nearest;
    }

    private void add(int tree, Forest.Tree nodes) {
        int inner = nodes.features().length;
        for (int node = 0; node < inner; node++) {
            node(tree, node, nodes.features()[node], floor(nodes.thresholds()[node]), "BRANCH_LEQ");
            trueIds.addInts(id(nodes.left()[node], inner));
            falseIds.addInts(id(nodes.right()[node], inner));
        }
        for (int leaf = 0; leaf < nodes.leaves().length; leaf++) {
            node(tree, inner + leaf, 0, 0, "LEAF");
            trueIds.addInts(0);
            falseIds.addInts(0);
            targetTreeIds.addInts(tree);
            targetNodeIds.addInts(inner + leaf);
            targetIds.addInts(0);
            targetWeights.addFloats((float) nodes.leaves()[leaf]);
        }
    }

    private void node(int tree, int id, int feature, float value, String mode) {
        treeIds.addInts(tree);
        nodeIds.addInts(id);
        features.addInts(feature);
        values.addFloats(value);
        modes.addStrings(ByteString.copyFromUtf8(mode));
    }

    /** Leaves are numbered after the inner nodes. */
    private static int id(int child, int inner) {
        return child >= 0 ? child : inner + (-1 - child);
    }

    private OnnxMl.ModelProto model(String name, int width) {
        OnnxMl.NodeProto.Builder node = OnnxMl.NodeProto.newBuilder()
                .setName("trees")
                .setOpType("TreeEnsembleRegressor")
                .setDomain("ai.onnx.ml")
                .addInput(INPUT)
                .addOutput(MARGIN)
                .addAttribute(OnnxMl.AttributeProto.newBuilder()
                        .setName("n_targets")
                        .setType(OnnxMl.AttributeProto.AttributeType.INT)
                        .setI(1))
                .addAttribute(string("aggregate_function", "SUM"))
                .addAttribute(string("post_transform", "NONE"));
        for (OnnxMl.AttributeProto.Builder attribute : List.of(
                treeIds,
                nodeIds,
                features,
                values,
                modes,
                trueIds,
                falseIds,
                targetTreeIds,
                targetNodeIds,
                targetIds,
                targetWeights)) {
            node.addAttribute(attribute);
        }
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("meridian-models")
                .addOpsetImport(
                        OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder()
                        .setDomain("ai.onnx.ml")
                        .setVersion(OPSET_ML))
                .setGraph(OnnxMl.GraphProto.newBuilder()
                        .setName(name)
                        .addNode(node)
                        .addNode(OnnxMl.NodeProto.newBuilder()
                                .setName("logistic")
                                .setOpType("Sigmoid")
                                .addInput(MARGIN)
                                .addOutput(OUTPUT))
                        .addInput(matrix(INPUT, width))
                        .addOutput(matrix(OUTPUT, 1)))
                .build();
    }

    private static OnnxMl.ValueInfoProto matrix(String name, int columns) {
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder()
                .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("batch"))
                .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(columns));
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(OnnxMl.TensorProto.DataType.FLOAT_VALUE)
                                .setShape(shape)))
                .build();
    }

    private static OnnxMl.AttributeProto.Builder integers(String name) {
        return OnnxMl.AttributeProto.newBuilder().setName(name).setType(OnnxMl.AttributeProto.AttributeType.INTS);
    }

    private static OnnxMl.AttributeProto.Builder floats(String name) {
        return OnnxMl.AttributeProto.newBuilder().setName(name).setType(OnnxMl.AttributeProto.AttributeType.FLOATS);
    }

    private static OnnxMl.AttributeProto.Builder strings(String name) {
        return OnnxMl.AttributeProto.newBuilder().setName(name).setType(OnnxMl.AttributeProto.AttributeType.STRINGS);
    }

    private static OnnxMl.AttributeProto string(String name, String value) {
        return OnnxMl.AttributeProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }
}
