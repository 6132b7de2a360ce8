package io.meridian.edge.nativeimage;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names that a native library looks up through JNI, as its bytes show them: class names ({@code ai/onnxruntime/OnnxTensor}) and
 * signatures of constructors ({@code (JJLai/onnxruntime/TensorInfo;)V}), each a string that ends with a zero byte.
 */
record NativeNames(Set<String> classes, Set<String> signatures) {
    private static final Pattern CLASS = Pattern.compile("(ai/onnxruntime|java/lang|java/util|java/nio)/[A-Za-z$]+");
    private static final Pattern SIGNATURE = Pattern.compile("\\((\\[*([ZBCSIJFD]|L[A-Za-z/$]+;))*\\)V");

    /** Those of the library for Linux on x86-64; the others are compiled from the same source. */
    static NativeNames ofOnnxRuntime() throws IOException {
        String library = "ai/onnxruntime/native/linux-x64/libonnxruntime4j_jni.so";
        try (InputStream in = NativeNames.class.getClassLoader().getResourceAsStream(library)) {
            return of(Objects.requireNonNull(in, library).readAllBytes());
        }
    }

    private static NativeNames of(byte[] library) {
        Set<String> classes = new TreeSet<>();
        Set<String> signatures = new TreeSet<>();
        for (String text : new String(library, StandardCharsets.ISO_8859_1).split("\0", -1)) {
            if (CLASS.matcher(text).matches()) {
                classes.add(text.replace('/', '.'));
            } else if (SIGNATURE.matcher(text).matches()) {
                signatures.add(text);
            }
        }
        return new NativeNames(classes, signatures);
    }

    /** The parameters of the constructors of a class that the library may call; none of the platform's own classes. */
    List<List<String>> constructors(String type) throws ClassNotFoundException {
        List<List<String>> found = new ArrayList<>();
        if (!type.startsWith("java.")) {
            for (Constructor<?> constructor : load(type).getDeclaredConstructors()) {
                if (signatures.contains(signature(constructor))) {
                    found.add(Arrays.stream(constructor.getParameterTypes())
                            .map(Class::getTypeName)
                            .toList());
                }
            }
        }
        return found;
    }

    /** Signatures that fit no class: then this does not understand the library. */
    Set<String> unused() throws ClassNotFoundException {
        Set<String> unused = new TreeSet<>(signatures);
        for (String type : classes) {
            for (Constructor<?> constructor : load(type).getDeclaredConstructors()) {
                unused.remove(signature(constructor));
            }
        }
        return unused;
    }

    private static String signature(Constructor<?> constructor) {
        return MethodType.methodType(void.class, constructor.getParameterTypes())
                .toMethodDescriptorString();
    }

    private static Class<?> load(String type) throws ClassNotFoundException {
        return Class.forName(type, false, NativeNames.class.getClassLoader());
    }
}
