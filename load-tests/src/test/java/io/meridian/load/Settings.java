package io.meridian.load;

import io.meridian.load.measure.LocalProcess;
import io.meridian.load.traffic.Refused;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** What may be set with {@code -D…}; the README lists it. A value that cannot be understood ends the run before a call is made. */
public final class Settings {
    /** Where decisions are asked for. */
    public final URI baseUrl;

    /** The service's metrics. */
    public final URI management;

    /** With the roles decide, ingest and privacy; empty for a demonstration, which takes none. */
    public final String apiKey;

    /** Which calls are drawn, and in which order. */
    public final long seed;

    /** Null for the mix that comes with the load tests. */
    public final Path mix;

    /** A file of customers as {@code meridian load} reads it; null for those of a demonstration. */
    public final Path customers;

    /** Where results go. */
    public final Path results;

    private final UnaryOperator<String> properties;

    /**
     * @param properties gives the value of a property; empty if it is not set
     */
    Settings(UnaryOperator<String> properties) {
        this.properties = properties;
        baseUrl = address("baseUrl", "http://127.0.0.1:8080");
        management = address("management", "http://127.0.0.1:9000");
        apiKey = text("apiKey", "");
        seed = whole("seed", 1);
        mix = file("mix");
        customers = file("customers");
        results = Path.of(text("load.results", "target/results"));
        refuseForeign(baseUrl, text("target", ""));
    }

    /** Load is only put on this machine, unless somebody names the machine that it is meant for. */
    private static void refuseForeign(URI url, String target) {
        String host = url.getHost();
        try {
            if (!host.equals(target) && !InetAddress.getByName(host).isLoopbackAddress()) {
                throw new Refused("%s is not this machine. If it is yours to load, say so with -Dtarget=%s"
                        .formatted(host, host));
            }
        } catch (UnknownHostException e) {
            throw new Refused("there is no host " + host);
        }
    }

    /** The service's process: the one given, else the one that listens on this machine; empty if it runs elsewhere. */
    OptionalLong pid() {
        long given = whole("pid", 0);
        return given > 0 ? OptionalLong.of(given) : LocalProcess.listeningOn(baseUrl.getPort());
    }

    private URI address(String name, String otherwise) {
        String value = text(name, otherwise);
        try {
            URI url = new URI(value);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new Refused("-D" + name + " must be an http or https address, not \"" + value + "\"");
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
        throw new Refused("-D" + name + " must be a number above 0, not \"" + value + "\"");
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
        throw new Refused("-D" + name + " must be a time such as 30s, 5m or 2h, not \"" + value + "\"");
    }

    private Path file(String name) {
        String path = text(name, "");
        return path.isEmpty() ? null : Path.of(path);
    }

    private long whole(String name, long otherwise) {
        try {
            return Long.parseLong(text(name, Long.toString(otherwise)));
        } catch (NumberFormatException e) {
            throw new Refused("-D" + name + " must be a whole number");
        }
    }

    private String text(String name, String otherwise) {
        String value = properties.apply(name).trim();
        return value.isEmpty() ? otherwise : value;
    }
}
