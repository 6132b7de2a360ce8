package io.meridian.edge.testing;

import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.app.BundleLoader;
import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.bundle.BundleCompiler;
import io.meridian.edge.core.bundle.definition.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Bundles for tests. None of them runs a model: where one is named, its scorer refuses. */
public final class TestBundles {
    /** The small configuration: region {@code here}, market {@code xx}, no models. */
    public static final Path MINIMAL = Path.of("src/test/resources/bundles/minimal");

    /** The sample of the house: regions {@code eu-central}, {@code us-east}, {@code ap-south}. */
    public static final Path SAMPLE = Path.of("edge-config");

    /** The trained models. */
    public static final Path MODELS = Path.of("models");

    private TestBundles() {}

    /** The small configuration, compiled. */
    public static Bundle minimal() {
        return compile(MINIMAL, "here");
    }

    /** The sample, compiled for a region. */
    public static Bundle sample(String region) {
        return compile(SAMPLE, region);
    }

    /** Any configuration that must be fine. */
    public static Bundle compile(Path folder, String region) {
        BundleCompiler.Outcome outcome = BundleLoader.check(BundleReader.read(folder), MODELS, region);
        if (outcome instanceof BundleCompiler.Outcome.Compiled compiled) {
            return compiled.bundle();
        }
        throw new AssertionError(problems(folder, region));
    }

    /** What is wrong with a configuration; empty if nothing. */
    public static List<Problem> problems(Path folder, String region) {
        BundleCompiler.Outcome outcome = BundleLoader.check(BundleReader.read(folder), MODELS, region);
        return outcome instanceof BundleCompiler.Outcome.Rejected rejected ? rejected.problems() : List.of();
    }

    /** What is worth a second look in a configuration that can be used. */
    public static List<Problem> warnings(Path folder, String region) {
        BundleCompiler.Outcome outcome = BundleLoader.check(BundleReader.read(folder), MODELS, region);
        if (outcome instanceof BundleCompiler.Outcome.Compiled compiled) {
            return compiled.warnings();
        }
        throw new AssertionError(problems(folder, region));
    }

    /** Copies a configuration, to be changed. */
    public static Path copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return to;
    }

    /** Replaces a text that must be there in one file of a configuration. */
    public static void change(Path folder, String file, String old, String replacement) {
        try {
            Path path = folder.resolve(file);
            String text = Files.readString(path);
            if (!text.contains(old)) {
                throw new AssertionError(file + " does not contain " + old);
            }
            Files.writeString(path, text.replace(old, replacement));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
