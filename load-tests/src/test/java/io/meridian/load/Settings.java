package io.meridian.load;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** What may be set with {@code -D…}; the README lists it. A value that cannot be understood ends the run before a call is made. */
public final class Settings {
    /** Where decisions are asked for. */
    public final URI baseUrl = URI.create(text("baseUrl", "http://127.0.0.1:8080"));

    /** The service's metrics. */
    public final URI management = URI.create(text("management", "http://127.0.0.1:9000"));

    /** With the roles decide, ingest and privacy; empty for a demonstration, which takes none. */
    public final String apiKey = text("apiKey", "");

    /** Which calls are drawn, and in which order. */
    public final long seed = whole("seed", 1);

    /** Null for the mix that comes with the load tests. */
    public final Path mix = text("mix", "").isEmpty() ? null : Path.of(text("mix", ""));

    /** Where results go. */
    public final Path results = Path.of(text("load.results", "target/results"));

    Settings() {
        refuseForeign(baseUrl, text("target", ""));
    }

    /** Load is only put on this machine, unless somebody names the machine that it is meant for. */
    private static void refuseForeign(URI url, String target) {
        String host = url.getHost();
        if (host == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException("-DbaseUrl must be an http or https address, not " + url);
        }
        try {
            if (!host.equals(target) && !InetAddress.getByName(host).isLoopbackAddress()) {
                throw new IllegalArgumentException(
                        "%s is not this machine. If it is yours to load, say so with -Dtarget=%s"
                                .formatted(host, host));
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("there is no host " + host, e);
        }
    }

    /** A number above 0. */
    double number(String name, double otherwise) {
        String value = text(name, "");
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(value);
            if (number > 0 && number < 1e9) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("-D" + name + " must be a number above 0, not \"" + value + "\"");
    }

    /** A length of time, such as {@code 30s}, {@code 5m}, {@code 2h}. */
    Duration duration(String name, String otherwise) {
        String value = text(name, otherwise);
        try {
            Duration duration = Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
            if (duration.compareTo(Duration.ZERO) > 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "-D" + name + " must be a time such as 30s, 5m or 2h, not \"" + value + "\"");
    }

    private static long whole(String name, long otherwise) {
        try {
            return Long.parseLong(text(name, Long.toString(otherwise)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("-D" + name + " must be a whole number");
        }
    }

    private static String text(String name, String otherwise) {
        String value = System.getProperty(name, "").trim();
        return value.isEmpty() ? otherwise : value;
    }
}
