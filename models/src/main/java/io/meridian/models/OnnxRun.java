package io.meridian.models;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;

/** Runs an exported model with the runtime the service uses. */
final class OnnxRun {
    private OnnxRun() {}

    static float[] predict(byte[] model, float[] features, int rows) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            long[] shape = {rows, features.length / rows};
            try (OrtSession session = environment.createSession(model, options);
                    OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(features), shape);
                    OrtSession.Result result = session.run(Map.of(OnnxExport.INPUT, input))) {
                float[] scores = new float[rows];
                ((OnnxTensor) result.get(0)).getFloatBuffer().get(scores);
                return scores;
            }
        } catch (OrtException failed) {
            throw new IllegalStateException("ONNX Runtime: " + failed.getMessage(), failed);
        }
    }
}
