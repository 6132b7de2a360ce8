package io.meridian.edge.faults;

import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The service as it is packaged, put together from the classes of this build: tests run before the build packages it. Kept until a class
 * changes.
 */
final class Application {
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path POM = Path.of("pom.xml");
    private static final Path TARGET = Path.of("target/faults/application");
    private static final Path JAR = TARGET.resolve("quarkus-app/quarkus-run.jar");

    private Application() {}

    /** What {@code java -jar} takes. */
    static Path jar() throws Exception {
        if (!Files.exists(JAR) || lastChange() > Files.getLastModifiedTime(JAR).toMillis()) {
            assemble();
        }
        return JAR;
    }

    private static long lastChange() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return Stream.concat(files, Stream.of(POM))
                    .mapToLong(file -> file.toFile().lastModified())
                    .max()
                    .orElseThrow();
        }
    }

    private static void assemble() throws Exception {
        Path project = Path.of("").toAbsolutePath();
        Folders.delete(TARGET);
        Files.createDirectories(TARGET);
        QuarkusBootstrap bootstrap = QuarkusBootstrap.builder()
                .setMode(QuarkusBootstrap.Mode.PROD)
                .setProjectRoot(project)
                .setApplicationRoot(project.resolve(CLASSES))
                .setTargetDirectory(project.resolve(TARGET))
                .setBaseName("meridian")
                .setLocalProjectDiscovery(true)
                .setIsolateDeployment(true)
                .setOffline(true)
                .build();
        try (CuratedApplication application = bootstrap.bootstrap()) {
            application.createAugmentor().createProductionApplication();
        }
    }
}
