package io.meridian.edge.cli.lab;

import io.meridian.edge.core.bundle.definition.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot decide. Its message is what {@code validate} would print. */
public final class LabRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param problems at least one error */
    public LabRefused(String configuration, List<Problem> problems) {
        super(configuration + " cannot decide:\n"
                + problems.stream().sorted().map(Problem::toString).collect(Collectors.joining("\n")));
    }
}
