/**
 * Holds what the native binary is told beforehand ({@code META-INF/native-image}) against what is looked up by name: by our code and our
 * libraries while a JVM runs them under a debugger's breakpoints, and by ONNX Runtime's native code according to the names in it.
 */
package io.meridian.edge.nativeimage;
