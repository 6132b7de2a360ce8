package io.meridian.models;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param models which models, by name; empty for all
 * @param csv rows to train on instead of simulated ones; null for none
 * @param writeCsv where to write the simulated rows; null for nowhere
 * @param customers how many to simulate
 * @param seed of the simulation and the split
 * @param from first day of the rows' outcomes, as the card shall say; empty if unknown
 * @param until last day; empty if unknown
 * @param output the folder of models
 */
record Options(
        List<String> models,
        Path csv,
        Path writeCsv,
        int customers,
        long seed,
        String from,
        String until,
        Path output) {
    static final String USAGE = """
            Trains and exports models.
              --model <name>         only this model (else all; needed with --csv)
              --csv <file>           train on these rows instead of simulated ones
              --from, --until <day>  when the rows' outcomes happened; goes into the card
              --customers <n>        how many customers to simulate (default 100000)
              --seed <n>             of the simulation and the split (default 20)
              --write-csv <file>     write the simulated rows as well (with --model)
              --output <folder>      where <name>/<version>/ goes (default: this project's folder)
            """;

    /** Throws with a sentence for the user if the arguments make no sense. */
    static Options parse(String[] arguments) {
        List<String> models = new ArrayList<>();
        Path csv = null;
        Path writeCsv = null;
        int customers = 100_000;
        long seed = 20;
        String from = "";
        String until = "";
        Path output = Path.of(System.getProperty("meridian.models.folder", "."));
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--model" -> models.add(value);
                case "--csv" -> csv = Path.of(value);
                case "--write-csv" -> writeCsv = Path.of(value);
                case "--customers" -> customers = Integer.parseInt(value);
                case "--seed" -> seed = Long.parseLong(value);
                case "--from" -> from = LocalDate.parse(value).toString();
                case "--until" -> until = LocalDate.parse(value).toString();
                case "--output" -> output = Path.of(value);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        if ((csv != null || writeCsv != null) && models.size() != 1) {
            throw new IllegalArgumentException("--csv and --write-csv need exactly one --model");
        }
        if (customers < 1_000) {
            throw new IllegalArgumentException("--customers must be 1000 or more");
        }
        return new Options(List.copyOf(models), csv, writeCsv, customers, seed, from, until, output);
    }
}
