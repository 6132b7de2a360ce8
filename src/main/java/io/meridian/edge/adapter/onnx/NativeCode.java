package io.meridian.edge.adapter.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds ONNX Runtime's native code. On a JVM it comes out of the library's jar; a native binary has it beside itself, so that nothing
 * is unpacked when it starts and the file system may be read-only.
 */
final class NativeCode {
    /** The library's own property; what an operator says in it stands. */
    private static final String PATH = "onnxruntime.native.path";

    private NativeCode() {}

    /** The process's one environment; the first call loads the native code. Throws what {@link OrtEnvironment} throws. */
    static OrtEnvironment environment() {
        if (System.getProperty(PATH) == null) {
            besideTheBinary().ifPresent(folder -> System.setProperty(PATH, folder.toString()));
        }
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "meridian");
    }

    /** The folder of this process's binary if it is one of ours and holds the library. */
    private static Optional<Path> besideTheBinary() {
        if (!"runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"))) {
            return Optional.empty();
        }
        return ProcessHandle.current()
                .info()
                .command()
                .map(binary -> Path.of(binary).toAbsolutePath().getParent())
                .filter(folder -> Files.isRegularFile(folder.resolve(System.mapLibraryName("onnxruntime"))));
    }
}
