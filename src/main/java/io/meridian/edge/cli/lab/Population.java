package io.meridian.edge.cli.lab;

import io.meridian.edge.adapter.config.ConfigTree;
import io.meridian.edge.adapter.config.ConfigTree.Leaf;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.ValueType;
import io.meridian.edge.core.profile.AttributeContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            "(?:profile|context\\.attributes|context)\\.([a-z0-9_.]+)\\s*(?:==|!=|<=|>=|<|>)\\s*(?:\"([^\"]*)\"|(-?[0-9]+(?:\\.[0-9]+)?))");
    private static final Pattern ONE_OF =
            Pattern.compile("(?:profile|context\\.attributes|context)\\.([a-z0-9_.]+)\\s+in\\s+\\[([^\\]]*)\\]");
    private static final Pattern CONTAINED =
            Pattern.compile("\"([^\"]*)\"\\s+in\\s+(?:profile|context\\.attributes)\\.([a-z0-9_.]+)");
    /** How descriptions tell the bounds of a number: {@code 0 to 1}. */
    private static final Pattern RANGE = Pattern.compile("\\b([0-9]+) to ([0-9]+)\\b");

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private final List<Shape> profile = new ArrayList<>();
    private final List<Shape> context = new ArrayList<>();
    private final Map<String, TreeSet<String>> words = new HashMap<>();
    private final Map<String, TreeSet<Double>> limits = new HashMap<>();

    /**
     * @param contracts the first that has an attribute says how it is; a visitor has the attributes of all
     * @param trees whose conditions are looked at
     */
    public Population(List<AttributeContract> contracts, List<ConfigTree> trees) {
        for (ConfigTree tree : trees) {
            for (ConfigTree.Item item : tree.items()) {
                item.leaves().values().stream()
                        .filter(leaf -> leaf.path().endsWith("when"))
                        .map(Leaf::text)
                        .forEach(this::read);
            }
        }
        Set<String> seen = new HashSet<>();
        for (AttributeContract contract : contracts) {
            for (AttributeContract.Attribute one : contract.attributes()) {
                if (seen.add(one.name())) {
                    int dataClass = one.dataClass().ordinal();
                    profile.add(shape(one.name(), dataClass, one.type(), one.values(), one.description()));
                }
            }
        }
        for (AttributeContract.ContextAttribute one : contracts.get(0).contextAttributes()) {
            context.add(shape(one.name(), 0, one.type(), one.values(), one.description()));
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

    /** The words that conditions compare a fact with, by its name after {@code profile.} or {@code context.}; sorted. */
    public List<String> words(String name) {
        return List.copyOf(words.getOrDefault(name, new TreeSet<>()));
    }

    /** A profile. */
    public Map<String, Object> profile(SplittableRandom random) {
        boolean[] nothing = new boolean[DataClass.count()];
        for (int i = 0; i < nothing.length; i++) {
            nothing[i] = random.nextDouble() < NOTHING_OF_A_CLASS;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Shape shape : profile) {
            boolean absent = random.nextDouble() < ABSENT[shape.dataClass()];
            Object value = shape.value(random);
            if (!absent && !nothing[shape.dataClass()]) {
                values.put(shape.name(), value);
            }
        }
        return values;
    }

    /** Declared attributes of the context, some of them. */
    public Map<String, Object> contextAttributes(SplittableRandom random) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Shape shape : context) {
            boolean present = random.nextDouble() < CONTEXT_PRESENT;
            Object value = shape.value(random);
            if (present) {
                values.put(shape.name(), value);
            }
        }
        return values;
    }

    private Shape shape(String name, int dataClass, ValueType type, List<String> declared, String description) {
        List<String> choices = new ArrayList<>(declared);
        if (declared.isEmpty()) {
            choices.addAll(words(name));
            choices.add(OTHER);
        }
        Matcher range = RANGE.matcher(description);
        boolean bounded = range.find();
        return new Shape(
                name,
                dataClass,
                type,
                choices,
                List.copyOf(limits.getOrDefault(name, new TreeSet<>())),
                bounded ? Double.parseDouble(range.group(1)) : 0,
                bounded ? Double.parseDouble(range.group(2)) : Double.MAX_VALUE);
    }

    /**
     * What an attribute's values look like.
     *
     * @param choices its words
     * @param limits numbers it is compared with, ascending
     * @param least its least number
     * @param most its greatest, {@link Double#MAX_VALUE} if nobody says
     */
    private record Shape(
            String name,
            int dataClass,
            ValueType type,
            List<String> choices,
            List<Double> limits,
            double least,
            double most) {

        Object value(SplittableRandom random) {
            return switch (type) {
                case BOOL -> random.nextDouble() < 0.5;
                case INT -> Math.round(number(random));
                case DOUBLE -> StrictMath.rint(number(random) * 100) / 100;
                // Earlier words are somewhat more frequent.
                case STRING -> choices.get((int) (StrictMath.pow(random.nextDouble(), 1.3) * choices.size()));
                case STRINGS -> {
                    TreeSet<String> several = new TreeSet<>();
                    for (int i = random.nextInt(1, 4); i > 0; i--) {
                        several.add(choices.get(random.nextInt(choices.size())));
                    }
                    yield List.copyOf(several);
                }
            };
        }

        private double number(SplittableRandom random) {
            double kind = random.nextDouble();
            double draw = random.nextDouble();
            double value;
            if (!limits.isEmpty() && kind < NEAR_A_LIMIT) {
                double limit = limits.get((int) (kind / NEAR_A_LIMIT * limits.size()));
                double step = type == ValueType.INT ? 1 : Math.max(0.05, Math.abs(limit) * 0.1);
                value = limit + StrictMath.rint(draw * 2 - 1) * step;
            } else if (most < Double.MAX_VALUE) {
                value = least + (most - least) * draw;
            } else {
                double unknown = type == ValueType.INT ? 15 : 100;
                double usual = limits.isEmpty() ? unknown : Math.max(1, Math.abs(limits.get(limits.size() - 1)));
                value = 2 * usual * draw * draw;
            }
            return Math.max(least, Math.min(most, value));
        }
    }
}
