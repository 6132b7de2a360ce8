package io.meridian.edge.adapter.redis;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says of the region's Redis, as it was said.
 *
 * @param url {@code redis://[user:password@]host[:port][/database]}, {@code rediss://…} for TLS, {@code unix:///path}; several with commas
 *     in between are nodes of a cluster, or sentinels; holds a secret
 * @param topology {@code standalone}, {@code cluster} or {@code sentinel}
 * @param master the master's name, with sentinels
 * @param username of an ACL
 * @param passwordFile file whose content, without white space around it, is the password
 * @param caFile PEM of who signs the certificates
 */
public record RedisGiven(
        String url,
        String topology,
        Optional<String> master,
        Optional<String> username,
        Optional<Path> passwordFile,
        Optional<Path> caFile) {
    private static final Set<String> SCHEMES = Set.of("redis", "rediss", "unix");
    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26_379;
    /** More addresses than anybody lists. */
    private static final int MAX_SEEDS = 64;

    /**
     * Something that cannot be used.
     *
     * @param setting {@code url}, {@code topology}, {@code master}, {@code username}, {@code password-file} or {@code ca-file}
     * @param text what is wrong; never repeats a value that may hold a secret
     */
    public record Problem(String setting, String text) {}

    /** One Redis without anything else. */
    public static RedisGiven url(String url) {
        return new RedisGiven(
                url,
                RedisTopology.STANDALONE.toString(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Everything that is wrong; empty if it can be used. Reads the files. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        RedisTopology kind = RedisTopology.named(topology);
        if (kind == null) {
            problems.add(new Problem("topology", "takes standalone, cluster or sentinel"));
        }
        List<URI> uris = uris(problems);
        checkTogether(uris, kind, problems);
        if (kind == RedisTopology.SENTINEL && master.isEmpty()) {
            problems.add(new Problem("master", "is not set: the name the sentinels know the master by"));
        }
        if (kind != null && kind != RedisTopology.SENTINEL && master.isPresent()) {
            problems.add(new Problem("master", "is used with topology sentinel only"));
        }
        checkSecrets(uris, problems);
        return problems;
    }

    /** To be called if there are no {@link #problems}. */
    RedisAccess access() {
        List<Problem> problems = new ArrayList<>();
        List<URI> uris = uris(problems);
        RedisTopology kind = RedisTopology.named(topology);
        if (!problems.isEmpty() || kind == null) {
            throw new IllegalArgumentException("these settings have problems");
        }
        int usual = kind == RedisTopology.SENTINEL ? SENTINEL_PORT : PORT;
        List<Endpoint> seeds = uris.stream().map(uri -> endpoint(uri, usual)).toList();
        String[] user = user(uris.get(0));
        return new RedisAccess(
                seeds,
                kind,
                master.orElse(null),
                database(uris.get(0)),
                username.orElse(user[0]),
                user[1],
                passwordFile.orElse(null),
                caFile.orElse(null));
    }

    private List<URI> uris(List<Problem> problems) {
        List<URI> uris = new ArrayList<>();
        String[] parts = url.split(",", -1);
        if (parts.length > MAX_SEEDS) {
            problems.add(new Problem("url", "takes at most " + MAX_SEEDS + " addresses"));
            return uris;
        }
        for (int i = 0; i < parts.length; i++) {
            String which = parts.length == 1 ? "it " : "address " + (i + 1) + " ";
            try {
                URI uri = new URI(parts[i].strip());
                String problem = problem(uri);
                if (problem == null) {
                    uris.add(uri);
                } else {
                    problems.add(new Problem("url", which + problem));
                }
            } catch (URISyntaxException e) {
                problems.add(new Problem(
                        "url",
                        which + "is no URL: see its character " + (e.getIndex() + 1)
                                + "; reserved ones in a password are written %XX"));
            }
        }
        return uris;
    }

    private static @Nullable String problem(URI uri) {
        String scheme = uri.getScheme();
        if (scheme == null || !SCHEMES.contains(scheme)) {
            return "begins with neither redis:// nor rediss:// nor unix://";
        }
        if (scheme.equals("unix")) {
            return uri.getPath() == null || uri.getPath().length() < 2 ? "names no socket: unix:///path" : null;
        }
        if (uri.getHost() == null) {
            return "names no host; reserved characters in a password are written %XX";
        }
        if (uri.getUserInfo() != null && uri.getUserInfo().indexOf(':') < 0) {
            return "names a user without a password: user:password@, or :password@";
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return "names a port that is not 1 to 65535";
        }
        String path = uri.getPath();
        return path.isEmpty() || path.equals("/") || path.matches("/[0-9]{1,5}")
                ? null
                : "names a database that is no number";
    }

    private static void checkTogether(List<URI> uris, @Nullable RedisTopology kind, List<Problem> problems) {
        if (kind == RedisTopology.STANDALONE && uris.size() > 1) {
            problems.add(new Problem("url", "takes one address with topology standalone"));
        }
        for (URI uri : uris) {
            if (!uri.getScheme().equals(uris.get(0).getScheme())) {
                problems.add(new Problem("url", "mixes redis://, rediss:// and unix://"));
                break;
            }
        }
        for (URI uri : uris) {
            if (kind == RedisTopology.CLUSTER && database(uri) != 0) {
                problems.add(new Problem("url", "names a database; a cluster has only 0"));
                break;
            }
        }
        for (int i = 1; i < uris.size(); i++) {
            if (uris.get(i).getRawUserInfo() != null) {
                problems.add(new Problem("url", "names a user after its first address; one holds for all"));
                break;
            }
        }
    }

    private void checkSecrets(List<URI> uris, List<Problem> problems) {
        boolean inUrl = !uris.isEmpty() && uris.get(0).getRawUserInfo() != null;
        if (inUrl && (username.isPresent() || passwordFile.isPresent())) {
            problems.add(new Problem("url", "names a user as well; say it in one place"));
        }
        if (username.isPresent() && passwordFile.isEmpty() && !inUrl) {
            problems.add(new Problem("password-file", "is not set: a username needs it"));
        }
        passwordFile.ifPresent(file -> {
            try {
                if (Files.readString(file).isBlank()) {
                    problems.add(new Problem("password-file", "is empty: " + file.toAbsolutePath()));
                }
            } catch (IOException e) {
                problems.add(new Problem("password-file", "cannot read " + file.toAbsolutePath()));
            }
        });
        caFile.ifPresent(file -> {
            if (!uris.isEmpty() && !uris.get(0).getScheme().equals("rediss")) {
                problems.add(new Problem("ca-file", "is used with rediss:// only"));
            }
            try (InputStream in = Files.newInputStream(file)) {
                if (CertificateFactory.getInstance("X.509")
                        .generateCertificates(in)
                        .isEmpty()) {
                    problems.add(new Problem("ca-file", "holds no certificate: " + file.toAbsolutePath()));
                }
            } catch (IOException e) {
                problems.add(new Problem("ca-file", "cannot read " + file.toAbsolutePath()));
            } catch (CertificateException e) {
                problems.add(new Problem("ca-file", "is no PEM of certificates: " + file.toAbsolutePath()));
            }
        });
    }

    private static Endpoint endpoint(URI uri, int usualPort) {
        if (uri.getScheme().equals("unix")) {
            return new Endpoint(uri.getPath(), 0, false);
        }
        String host = uri.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Endpoint(
                bare,
                uri.getPort() < 0 ? usualPort : uri.getPort(),
                uri.getScheme().equals("rediss"));
    }

    private static int database(URI uri) {
        String path = uri.getPath();
        return uri.getScheme().equals("unix") || path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
    }

    /** User and password of a URL, null where it names none. */
    private static @Nullable String[] user(URI uri) {
        String info = uri.getUserInfo();
        if (info == null) {
            return new String[2];
        }
        int colon = info.indexOf(':');
        String name = colon == 0 ? null : info.substring(0, colon);
        return new @Nullable String[] {name, info.substring(colon + 1)};
    }

    /** Hides the URL, which may hold a password. */
    @Override
    public String toString() {
        return "RedisGiven[" + topology + "]";
    }
}
