package io.meridian.edge.cli.lab;

import io.meridian.edge.adapter.config.ConfigTree;
import io.meridian.edge.adapter.config.ConfigTree.Leaf;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.ValueType;
import io.meridian.edge.core.profile.AttributeContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes up visitors from the attribute contract: values of the declared types and words, numbers of the size that rules compare with, and
 * as many gaps as such data has. The same random numbers give the same visitor.
 *
 * <p>Numbers and words that conditions compare an attribute with are drawn more often than others, so that both sides of every limit are
 * met. Attributes are drawn independently of each other; recorded visits know better.
 */
public final class Population {
    /** By ordinal of the class: how many visitors lack a single attribute of it. */
    private static final double[] ABSENT = {0.05, 0.15, 0.15, 0.4, 0.3, 0.85, 0};

    /** How many visitors have nothing of a class at all. */
    private static final double NOTHING_OF_A_CLASS = 0.1;

    private static final double CONTEXT_PRESENT = 0.5;
    private static final double NEAR_A_LIMIT = 0.35;
    private static final String OTHER = "other";

    private static final Pattern COMPARED = Pattern.compile(
            "(?:profile|context\\.attributes)\\.([a-z0-9_.]+)\\s*(?:==|!=|<=|>=|<|>)\\s*(?:\"([^\"]*)\"|(-?[0-9]+(?:\\.[0-9]+)?))");
    private static final Pattern ONE_OF =
            Pattern.compile("(?:profile|context\\.attributes)\\.([a-z0-9_.]+)\\s+in\\s+\\[([^\\]]*)\\]");
    private static final Pattern CONTAINED =
            Pattern.compile("\"([^\"]*)\"\\s+in\\s+(?:profile|context\\.attributes)\\.([a-z0-9_.]+)");
    /** How descriptions tell the bounds of a number: {@code 0 to 1}. */
    private static final Pattern RANGE = Pattern.compile("\\b([0-9]+) to ([0-9]+)\\b");

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private final List<AttributeContract> contracts;
    private final Map<String, TreeSet<String>> words = new HashMap<>();
    private final Map<String, TreeSet<Double>> limits = new HashMap<>();

    /**
     * @param contracts the first that has an attribute says how it is; a visitor has the attributes of all
     * @param trees whose conditions are looked at
     */
    public Population(List<AttributeContract> contracts, List<ConfigTree> trees) {
        this.contracts = List.copyOf(contracts);
        for (ConfigTree tree : trees) {
            for (ConfigTree.Item item : tree.items()) {
                item.leaves().values().stream()
                        .filter(leaf -> leaf.path().endsWith("when"))
                        .map(Leaf::text)
                        .forEach(this::read);
            }
        }
    }

    private void read(String condition) {
        for (Matcher matcher = COMPARED.matcher(condition); matcher.find(); ) {
            if (matcher.group(2) != null) {
                word(matcher.group(1), matcher.group(2));
            } else {
                limits.computeIfAbsent(matcher.group(1), key -> new TreeSet<>()).add(Double.valueOf(matcher.group(3)));
            }
        }
        for (Matcher matcher = ONE_OF.matcher(condition); matcher.find(); ) {
            for (Matcher quoted = QUOTED.matcher(matcher.group(2)); quoted.find(); ) {
                word(matcher.group(1), quoted.group(1));
            }
        }
        for (Matcher matcher = CONTAINED.matcher(condition); matcher.find(); ) {
            word(matcher.group(2), matcher.group(1));
        }
    }

    private void word(String attribute, String word) {
        words.computeIfAbsent(attribute, key -> new TreeSet<>()).add(word);
    }

    /** A profile. */
    public Map<String, Object> profile(SplittableRandom random) {
        boolean[] nothing = new boolean[DataClass.count()];
        for (int i = 0; i < nothing.length; i++) {
            nothing[i] = random.nextDouble() < NOTHING_OF_A_CLASS;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Boolean> seen = new HashMap<>();
        for (AttributeContract contract : contracts) {
            for (AttributeContract.Attribute attribute : contract.attributes()) {
                if (seen.put(attribute.name(), true) != null) {
                    continue;
                }
                int dataClass = attribute.dataClass().ordinal();
                boolean absent = random.nextDouble() < ABSENT[dataClass];
                Object value =
                        value(attribute.name(), attribute.type(), attribute.values(), attribute.description(), random);
                if (!absent && !nothing[dataClass]) {
                    values.put(attribute.name(), value);
                }
            }
        }
        return values;
    }

    /** Declared attributes of the context, some of them. */
    public Map<String, Object> contextAttributes(SplittableRandom random) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (AttributeContract.ContextAttribute attribute : contracts.get(0).contextAttributes()) {
            boolean present = random.nextDouble() < CONTEXT_PRESENT;
            Object value =
                    value(attribute.name(), attribute.type(), attribute.values(), attribute.description(), random);
            if (present) {
                values.put(attribute.name(), value);
            }
        }
        return values;
    }

    private Object value(
            String name, ValueType type, List<String> declared, String description, SplittableRandom random) {
        return switch (type) {
            case BOOL -> random.nextDouble() < 0.5;
            case INT -> Math.round(number(name, description, random, true));
            case DOUBLE -> StrictMath.rint(number(name, description, random, false) * 100) / 100;
            case STRING -> {
                List<String> choices = choices(name, declared);
                yield choices.get(skewed(random, choices.size()));
            }
            case STRINGS -> {
                List<String> choices = choices(name, declared);
                TreeSet<String> several = new TreeSet<>();
                for (int i = random.nextInt(1, 4); i > 0; i--) {
                    several.add(choices.get(random.nextInt(choices.size())));
                }
                yield List.copyOf(several);
            }
        };
    }

    private List<String> choices(String name, List<String> declared) {
        if (!declared.isEmpty()) {
            return declared;
        }
        List<String> choices = new ArrayList<>(words.getOrDefault(name, new TreeSet<>()));
        choices.add(OTHER);
        return choices;
    }

    /** Earlier words are somewhat more frequent. */
    private static int skewed(SplittableRandom random, int size) {
        return (int) (Math.pow(random.nextDouble(), 1.3) * size);
    }

    private double number(String name, String description, SplittableRandom random, boolean whole) {
        Matcher range = RANGE.matcher(description);
        boolean bounded = range.find();
        double least = bounded ? Double.parseDouble(range.group(1)) : 0;
        double most = bounded ? Double.parseDouble(range.group(2)) : Double.MAX_VALUE;
        TreeSet<Double> known = limits.get(name);
        double kind = random.nextDouble();
        double draw = random.nextDouble();
        int which = random.nextInt(1 << 20);
        double value;
        if (known != null && kind < NEAR_A_LIMIT) {
            double limit = List.copyOf(known).get(which % known.size());
            double step = whole ? 1 : Math.max(0.05, Math.abs(limit) * 0.1);
            value = limit + Math.rint(draw * 2 - 1) * step;
        } else if (bounded) {
            value = least + (most - least) * draw;
        } else {
            double usual = known == null ? whole ? 15 : 100 : Math.max(1, Math.abs(known.last()));
            value = 2 * usual * draw * draw;
        }
        return Math.max(least, Math.min(most, value));
    }
}
