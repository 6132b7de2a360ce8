package io.meridian.load.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The known customers: those a file names, else those a demonstration generates, whose ids follow from their number. */
final class Subjects {
    /** As many as a client can hold without being busy with that. */
    private static final int MAX = 1_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param country where they are at home; empty if that is not known
     */
    record Subject(String id, String country) {}

    private Subjects() {}

    /** {@code c-1001} and on, as the mix says. */
    static List<Subject> generated(Mix mix) {
        List<Subject> subjects = new ArrayList<>(mix.count);
        for (int i = 0; i < mix.count; i++) {
            subjects.add(new Subject("c-" + (mix.first + i), ""));
        }
        return subjects;
    }

    /** The ones of a file that {@code meridian demo-data} wrote or {@code meridian load} reads, of the mix's namespace. */
    static List<Subject> read(Path file, Mix mix) {
        List<Subject> subjects = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null && subjects.size() < MAX; line = lines.readLine()) {
                JsonNode subject = JSON.readTree(line);
                if (subject.path("ns").asText().equals(mix.namespace)) {
                    subjects.add(new Subject(
                            subject.path("id").asText(),
                            subject.at("/profile/home_country").asText()));
                }
            }
        } catch (JsonProcessingException e) {
            throw new Refused(file + ", line " + (subjects.size() + 1) + ": no JSON");
        } catch (IOException e) {
            throw new Refused("the customers in " + file + " cannot be read: " + e.getMessage());
        }
        if (subjects.isEmpty()) {
            throw new Refused("in " + file + " there is nobody of the namespace " + mix.namespace);
        }
        return subjects;
    }
}
