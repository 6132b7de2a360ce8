package io.meridian.edge.cli;

/** How a command prints what it found. Lower case, as people write it. */
enum OutputFormat {
    /** For people. */
    text,
    /** For scripts: one JSON object. */
    json
}
