package io.meridian.load.traffic;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The mix as read: {@code mix.properties} explains each entry. */
public final class Mix {
    /** A placement asked for, and how many items of it. */
    record Asked(String placement, int count) {}

    private final Properties entries;
    final String region;
    final String elsewhere;
    final Draw<Kind> kinds;
    final Draw<String> countries;
    final Draw<String> devices;
    final Draw<String> channels;
    final Map<String, String> languages = new HashMap<>();
    final Map<String, List<List<Asked>>> placements = new HashMap<>();
    final List<String> categories;
    final String namespace;
    final int first;
    final int count;
    final int regulars;
    final int repeat;
    final int batch;

    private Mix(Properties entries) {
        this.entries = entries;
        region = text("region");
        elsewhere = text("elsewhere");
        kinds = new Draw<>(
                List.of(Kind.values()),
                Arrays.stream(Kind.values())
                        .map(kind -> number("share." + kind.label()))
                        .toList());
        countries = weighted("countries");
        devices = weighted("devices");
        channels = weighted("channels");
        for (String name : entries.stringPropertyNames()) {
            if (name.startsWith("languages.")) {
                languages.put(name.substring("languages.".length()), text(name));
            } else if (name.startsWith("placements.")) {
                placements.put(name.substring("placements.".length()), sets(name));
            }
        }
        categories = list("categories");
        namespace = text("subjects.namespace");
        first = whole("subjects.first");
        count = whole("subjects.count");
        regulars = whole("regulars");
        repeat = whole("repeat");
        batch = whole("events.batch");
    }

    /** The mix of a file, or the one that comes with the load tests if {@code file} is null. */
    public static Mix read(Path file) {
        Properties entries = new Properties();
        try (InputStream in =
                        file == null ? Mix.class.getResourceAsStream("/mix.properties") : Files.newInputStream(file);
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            entries.load(reader);
        } catch (IOException e) {
            throw new Refused("the mix " + file + " cannot be read: " + e.getMessage());
        }
        return new Mix(entries);
    }

    /** The region it is made for. */
    public String region() {
        return region;
    }

    /** Of its entries, whatever their order: two runs of one mix have the same. */
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(entries)
                    .forEach((name, value) ->
                            digest.update((name + "=" + value + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text(String name) {
        String value = entries.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new Refused("the mix says nothing of \"" + name + "\"");
        }
        return value.trim();
    }

    private double number(String name) {
        try {
            double value = Double.parseDouble(text(name));
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Refused("the mix's \"" + name + "\" must be a number, 0 or more");
    }

    private int whole(String name) {
        double value = number(name);
        if (value < 1 || value != Math.rint(value)) {
            throw new Refused("the mix's \"" + name + "\" must be a whole number, 1 or more");
        }
        return (int) value;
    }

    private List<String> list(String name) {
        return Arrays.stream(text(name).split(",")).map(String::trim).toList();
    }

    private Draw<String> weighted(String name) {
        List<String> values = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (String part : list(name)) {
            int colon = part.indexOf(':');
            try {
                values.add(part.substring(0, colon));
                weights.add(Double.valueOf(part.substring(colon + 1)));
            } catch (IndexOutOfBoundsException | NumberFormatException e) {
                throw new Refused("the mix's \"" + name + "\" has \"" + part + "\", not value:weight");
            }
        }
        return new Draw<>(values, weights);
    }

    private List<List<Asked>> sets(String name) {
        List<List<Asked>> sets = new ArrayList<>();
        for (String set : list(name)) {
            List<Asked> asked = new ArrayList<>();
            for (String one : set.split("\\+")) {
                String[] parts = one.trim().split("\\*");
                asked.add(new Asked(parts[0], parts.length == 1 ? 1 : Integer.parseInt(parts[1])));
            }
            sets.add(asked);
        }
        return sets;
    }
}
