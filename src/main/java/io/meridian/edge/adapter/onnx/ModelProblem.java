package io.meridian.edge.adapter.onnx;

/**
 * Why a model cannot be used.
 *
 * @param file the card or the graph, relative to the folder of models, with forward slashes
 * @param pointer JSON pointer (RFC 6901) into the card; empty for the file as a whole
 * @param line in the card, from 1; 0 where no place in a text is meant
 * @param column in that line, from 1; 0 where no place in a text is meant
 * @param message what is wrong and what would be right
 */
public record ModelProblem(String file, String pointer, int line, int column, String message) {
    static ModelProblem of(String file, String message) {
        return new ModelProblem(file, "", 0, 0, message);
    }

    /** {@code file:line:column: pointer: message}, without the parts that are empty. */
    @Override
    public String toString() {
        String place = line > 0 ? file + ":" + line + ":" + column : file;
        return place + ": " + (pointer.isEmpty() ? "" : pointer + ": ") + message;
    }
}
