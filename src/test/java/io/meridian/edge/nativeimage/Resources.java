package io.meridian.edge.nativeimage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import redis.embedded.core.ExecutableProvider;

/** Files of the class path. */
final class Resources {
    private static final Pattern REDIS_PLATFORM = Pattern.compile("<redis\\.platform>(.+?)</redis\\.platform>");

    private Resources() {}

    /** The document that the administration's port serves; no test of metadata opens that port. */
    static String adminDocument() throws ReflectiveOperationException {
        Field document =
                Class.forName("io.meridian.edge.adapter.http.admin.AdminDoors").getDeclaredField("DOCUMENT");
        document.setAccessible(true);
        return (String) document.get(null);
    }

    /** Whether the profile {@code native} puts this file beside the binary instead of into it. */
    static boolean isBesideTheBinary(String resource) {
        return resource.startsWith("ai/onnxruntime/native/");
    }

    /** The files of Redis that the profile {@code native} includes, one for each platform it builds for. */
    static Set<String> demonstrationRedis() {
        try {
            String pom = Files.readString(Path.of("pom.xml"));
            Set<PathMatcher> included = REDIS_PLATFORM
                    .matcher(pom)
                    .results()
                    .map(match -> "glob:redis-server-*-" + match.group(1))
                    .map(FileSystems.getDefault()::getPathMatcher)
                    .collect(Collectors.toSet());
            return ExecutableProvider.newProvidedVersionsMap().values().stream()
                    .map(resource -> resource.substring(1))
                    .filter(resource -> included.stream().anyMatch(one -> one.matches(Path.of(resource))))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isPackage(String name) {
        return Resources.class.getClassLoader().getResource(name.replace('.', '/')) != null;
    }
}
