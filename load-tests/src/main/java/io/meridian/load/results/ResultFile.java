package io.meridian.load.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Results on disk: one JSON file per run. */
public final class ResultFile {
    /** More than a run of a hundred phases needs. */
    private static final long MAX_BYTES = 8 << 20;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A file that holds no results; its message names the file and says why. */
    public static final class Damaged extends IOException {
        private static final long serialVersionUID = 1;

        Damaged(Path file, String why) {
            super(file + ": " + why);
        }
    }

    private ResultFile() {}

    /** Writes results, with the folders that are missing. */
    public static void write(RunResult result, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        JSON.writeValue(file.toFile(), result);
    }

    /** The results of a file; {@link Damaged} if it is not there, or not whole, or of another form. */
    public static RunResult read(Path file) throws Damaged {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new Damaged(file, "larger than " + MAX_BYTES + " bytes, so no results");
            }
            RunResult result = JSON.readValue(file.toFile(), RunResult.class);
            if (result == null || result.format() != RunResult.FORMAT) {
                throw new Damaged(file, "results of another form; this reads form " + RunResult.FORMAT);
            }
            return result;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new Damaged(file, "line " + line + ": no results, or damaged: " + e.getOriginalMessage());
        } catch (Damaged e) {
            throw e;
        } catch (IOException e) {
            throw new Damaged(file, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
