package io.meridian.edge.adapter.config;

import io.meridian.edge.core.bundle.definition.Problem;
import io.meridian.edge.core.bundle.definition.Where;
import io.meridian.edge.core.model.Sha256;
import io.meridian.edge.core.scoring.ModelCard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cards of models in a folder: {@code <name>/<version>/model.yaml}. Needs no native code and leaves the graphs alone. */
public final class ModelCardFiles {
    /** A card's largest size in bytes. */
    static final int MAX_CARD_BYTES = 512 * 1024;

    /** Problems name files from here on, beside those of the configuration. */
    private static final String FOLDER = "models/";

    private final Path folder;
    private final Problems problems = new Problems();

    private ModelCardFiles(Path folder) {
        this.folder = folder;
    }

    /** What came of reading: all cards or none. */
    public sealed interface Outcome {
        /** @param cards in order of name */
        record Read(List<ModelCard> cards) implements Outcome {}

        /** @param problems of all cards, at least one; files begin with {@code models/} */
        record Refused(List<Problem> problems) implements Outcome {}
    }

    /**
     * Reads and checks cards.
     *
     * @param folder holds one folder per model
     * @param versions the version of each model to read, by name
     */
    public static Outcome read(Path folder, Map<String, String> versions) {
        ModelCardFiles files = new ModelCardFiles(folder);
        List<ModelCard> cards = files.cards(versions);
        return files.problems.count() == 0 ? new Outcome.Read(cards) : new Outcome.Refused(files.problems.all());
    }

    private List<ModelCard> cards(Map<String, String> versions) {
        List<ModelCard> cards = new ArrayList<>();
        Map<String, String> scores = new HashMap<>();
        new TreeMap<>(versions).forEach((name, version) -> {
            ModelCard card = card(name, version);
            if (card == null) {
                return;
            }
            String other = scores.putIfAbsent(card.score(), card.id());
            if (other != null) {
                problem(
                        Where.file(path(name, version)),
                        "'" + card.score() + "' is also the score of " + other,
                        "give each model a score of its own");
            }
            cards.add(card);
        });
        return cards;
    }

    private @Nullable ModelCard card(String name, String version) {
        Where where = Where.file(path(name, version));
        // Checked before they become part of a path.
        if (!Format.ID.matches(name) || !Format.VERSION.matches(version)) {
            problem(
                    where,
                    "this cannot be a model's name and version",
                    "a name is " + Format.ID.advice() + "; a version is " + Format.VERSION.advice());
            return null;
        }
        byte[] bytes = bytes(folder.resolve(name).resolve(version).resolve("model.yaml"), where);
        String text = bytes == null ? null : text(bytes, where);
        YamlNode root = text == null ? null : YamlParser.parse(where.file(), text, problems);
        Fields fields = root == null ? null : Fields.of(root, problems);
        ModelCard card =
                bytes == null || fields == null ? null : new CardReader(problems).read(fields, Sha256.hex(bytes));
        if (card != null && !(card.name().equals(name) && card.version().equals(version))) {
            problem(where, "this is the card of " + card.id() + ", not of " + name + "/" + version, "");
            return null;
        }
        return card;
    }

    private byte @Nullable [] bytes(Path path, Where where) {
        if (!Files.isRegularFile(path)) {
            problem(where, "there is no such file", "");
            return null;
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_CARD_BYTES + 1);
            if (bytes.length <= MAX_CARD_BYTES) {
                return bytes;
            }
            problem(where, "the file is larger than " + MAX_CARD_BYTES + " bytes", "");
        } catch (IOException unreadable) {
            problem(where, "the file cannot be read: " + unreadable.getMessage(), "");
        }
        return null;
    }

    private @Nullable String text(byte[] bytes, Where where) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            problem(where, "the file is not UTF-8 text", "save it as UTF-8");
            return null;
        }
    }

    private void problem(Where where, String message, String advice) {
        problems.add(where, "bad-model", message, advice);
    }

    private static String path(String name, String version) {
        return FOLDER + name + "/" + version + "/model.yaml";
    }
}
