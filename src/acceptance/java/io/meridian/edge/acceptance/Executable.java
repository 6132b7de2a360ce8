package io.meridian.edge.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The artifact: {@code meridian.acceptance.executable}, a native binary or a jar that this JVM's {@code java} runs. */
final class Executable {
    private static final int SECONDS = 180;

    private Executable() {}

    /** What a command came to. */
    record Ran(int exit, String out, String err) {
        @Override
        public String toString() {
            return "exit " + exit + "\n" + out + err;
        }
    }

    static Path path() {
        String path = System.getProperty("meridian.acceptance.executable", "");
        assumeTrue(!path.isEmpty(), "needs an executable, there is only a URL");
        return Path.of(path).toAbsolutePath();
    }

    static boolean isNative() {
        return !path().toString().endsWith(".jar");
    }

    /** The command line that runs it. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        if (!isNative()) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-jar");
        }
        command.add(path().toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a command in a folder to its end. */
    static Ran run(Path folder, String... arguments) {
        try {
            Path out = Files.createTempFile("out", ".txt");
            Path err = Files.createTempFile("err", ".txt");
            Process process = new ProcessBuilder(command(arguments))
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try {
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError(String.join(" ", arguments) + " did not end in " + SECONDS + " s");
                }
                return new Ran(process.exitValue(), text(out), text(err));
            } finally {
                process.destroyForcibly();
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
