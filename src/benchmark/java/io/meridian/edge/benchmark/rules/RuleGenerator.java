package io.meridian.edge.benchmark.rules;

import io.meridian.edge.benchmark.rules.Rule.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Rules and visitors from a seed. A shop with more rules has them for more product lines, not more for each, so that of any number of
 * rules about as many are true for a visitor. Most rules are about a line; some join a few of the attributes everybody has, or ranges of
 * two numbers, and are the narrower the more of them there are. A last range of a number makes every rule's share right.
 */
public final class RuleGenerator {
    /** How many rules are true for a visitor, on average over all visitors. */
    public static final int MATCHING = 20;

    /** Of a hundred rules, those about one product line and those that only look at numbers; the others join what they find. */
    private static final int ABOUT_A_LINE = 65;

    private static final int OF_RANGES = 10;
    /** Of a product line so many rules speak. */
    private static final int RULES_PER_LINE = 50;

    private static final int MOST_TESTS = 4;
    /** One rule in so many is the same as an earlier one. */
    private static final int REPEATED = 20;

    private RuleGenerator() {}

    /** So many rules; the same for the same number. */
    public static List<Rule> rules(int total) {
        SplittableRandom random = new SplittableRandom(total);
        Attributes attributes = new Attributes(random, lines(total));
        double share = Math.min(1, (double) MATCHING / total);
        List<Rule> rules = new ArrayList<>(total);
        while (rules.size() < total) {
            boolean repeat = !rules.isEmpty() && random.nextInt(REPEATED) == 0;
            rules.add(repeat ? rules.get(random.nextInt(rules.size())) : rule(random, attributes, share));
        }
        return rules;
    }

    /** So many visitors of a shop with so many rules; the same for the same numbers. */
    public static List<Map<String, Object>> visitors(int count, int total) {
        Attributes attributes = new Attributes(new SplittableRandom(-count), lines(total));
        return Stream.generate(attributes::visitor).limit(count).toList();
    }

    private static int lines(int total) {
        return Math.max(2, total / RULES_PER_LINE);
    }

    private static Rule rule(SplittableRandom random, Attributes attributes, double share) {
        List<Test> tests = new ArrayList<>();
        boolean[] used = new boolean[Attributes.kinds()];
        double left = 1;
        int kindOfRule = random.nextInt(100);
        if (kindOfRule < ABOUT_A_LINE) {
            Attributes.Sized line = attributes.line();
            tests.add(line.test());
            left = line.share();
        } else if (kindOfRule < ABOUT_A_LINE + OF_RANGES) {
            tests.addAll(attributes.range(0, Math.sqrt(share)));
            tests.addAll(attributes.range(1, Math.sqrt(share)));
            return new Rule(List.copyOf(tests));
        }
        int wanted = tests.size() + 1 + random.nextInt(MOST_TESTS);
        for (int tries = 0; tests.size() < wanted && tries < 20; tries++) {
            int kind = random.nextInt(used.length);
            Attributes.Sized sized = attributes.test(kind);
            if (!used[kind] && left * sized.share() >= share) {
                used[kind] = true;
                left *= sized.share();
                tests.add(sized.test());
            }
        }
        if (share < left) {
            tests.addAll(attributes.range(random.nextInt(2), share / left));
        }
        return new Rule(List.copyOf(tests));
    }
}
