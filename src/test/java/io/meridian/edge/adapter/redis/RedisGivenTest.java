package io.meridian.edge.adapter.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisGivenTest {
    @TempDir
    private Path folder;

    private static List<String> problems(RedisGiven given) {
        return given.problems().stream()
                .map(problem -> problem.setting() + ": " + problem.text())
                .toList();
    }

    private static RedisGiven given(String url, String topology) {
        return new RedisGiven(url, topology, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void whatIsUsualHasNoProblems() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), " secret\n");
        assertEquals(List.of(), problems(RedisGiven.url("redis://localhost")));
        assertEquals(List.of(), problems(RedisGiven.url("rediss://user:p%40ss@redis.example:6380/2")));
        assertEquals(List.of(), problems(RedisGiven.url("unix:///run/redis.sock")));
        assertEquals(List.of(), problems(given("redis://a:1,redis://b:2 , redis://c", "cluster")));
        RedisGiven sentinel = new RedisGiven(
                "redis://a,redis://b",
                "sentinel",
                Optional.of("mymaster"),
                Optional.of("meridian"),
                Optional.of(password),
                Optional.empty());
        assertEquals(List.of(), problems(sentinel));
        assertEquals(
                List.of(new Endpoint("a", 26_379, false), new Endpoint("b", 26_379, false)),
                sentinel.access().seeds());
        RedisAccess access = RedisGiven.url("rediss://user:p%40ss@[::1]:6380/2").access();
        assertEquals(List.of(new Endpoint("::1", 6380, true)), access.seeds());
        assertEquals(
                List.of("user", "p@ss", "2"), List.of(access.username(), access.password(), "" + access.database()));
    }

    @Test
    void everythingWrongIsToldAtOnce() throws IOException {
        Path empty = Files.writeString(folder.resolve("password"), "\n");
        Path noPem = Files.writeString(folder.resolve("ca.crt"), "certainly not");
        RedisGiven given = new RedisGiven(
                "redis://u:p@a/3,http://b,rediss://c,redis://d:70000,redis://x@e",
                "ring",
                Optional.empty(),
                Optional.of("meridian"),
                Optional.of(empty),
                Optional.of(noPem));
        assertEquals(
                List.of(
                        "topology: takes standalone, cluster or sentinel",
                        "url: address 2 begins with neither redis:// nor rediss:// nor unix://",
                        "url: address 4 names a port that is not 1 to 65535",
                        "url: address 5 names a user without a password: user:password@, or :password@",
                        "url: mixes redis://, rediss:// and unix://",
                        "url: names a user as well; say it in one place",
                        "password-file: is empty: " + empty.toAbsolutePath(),
                        "ca-file: is used with rediss:// only",
                        "ca-file: is no PEM of certificates: " + noPem.toAbsolutePath()),
                problems(given));
    }

    @Test
    void whatDoesNotGoTogetherIsTold() {
        assertEquals(
                List.of("url: takes one address with topology standalone"),
                problems(given("redis://a,redis://b", "standalone")));
        assertEquals(List.of("url: names a database; a cluster has only 0"), problems(given("redis://a/1", "cluster")));
        assertEquals(
                List.of("master: is not set: the name the sentinels know the master by"),
                problems(given("redis://a", "sentinel")));
        assertEquals(
                List.of("url: names a user after its first address; one holds for all"),
                problems(given("redis://a,redis://u:p@b", "cluster")));
        assertEquals(
                List.of(
                        "master: is used with topology sentinel only",
                        "password-file: is not set: a username needs it"),
                problems(new RedisGiven(
                        "redis://a",
                        "cluster",
                        Optional.of("m"),
                        Optional.of("u"),
                        Optional.empty(),
                        Optional.empty())));
    }

    @Test
    void nothingSecretIsEverTold() {
        String url = "redis://user:hush hush@host";
        assertFalse(problems(RedisGiven.url(url)).toString().contains("hush"));
        RedisGiven fine = RedisGiven.url("redis://user:hush@host");
        assertFalse((fine + " " + fine.access() + " " + RedisSettings.of(fine)).contains("hush"));
    }
}
