package io.meridian.edge.benchmark.rules;

import io.meridian.edge.benchmark.rules.Rule.Test;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.FactLayout.Slot;
import io.meridian.edge.core.model.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What rules ask about, and how visitors are: some attributes of the sample's contract, every value as frequent as any other. */
final class Attributes {
    /** A test, and the share of visitors it holds for. */
    record Sized(Test test, double share) {}

    /** An attribute that has one of some values, or of {@code FAVOURITES} several. */
    private record Words(String name, List<String> values) {}

    /** A number from 0 to below a limit. */
    private record Amount(String name, double limit, boolean whole) {}

    private static final List<String> CATEGORIES = List.of(
            "footwear",
            "apparel",
            "outdoor",
            "electronics",
            "home",
            "beauty",
            "sports",
            "kids",
            "grocery",
            "jewellery",
            "toys",
            "travel");
    private static final String FAVOURITES = "profile.favourite_categories";
    private static final int FAVOURITES_EACH = 3;
    private static final List<Words> WORDS = List.of(
            new Words("profile.tier", List.of("none", "bronze", "silver", "gold", "platinum")),
            new Words("profile.top_category", CATEGORIES),
            new Words("profile.viewed_category", CATEGORIES),
            new Words("profile.preferred_channel", List.of("web", "app", "email", "kiosk")),
            new Words("profile.clv_band", List.of("low", "medium", "high")),
            new Words("context.device", List.of("mobile", "tablet", "desktop")),
            new Words("context.attributes.page.category", CATEGORIES));
    private static final List<String> FLAGS =
            List.of("profile.loyalty_member", "profile.newsletter", "profile.app_installed");
    private static final List<Amount> AMOUNTS = List.of(
            new Amount("profile.orders_365d", 60, true),
            new Amount("profile.days_since_order", 400, true),
            new Amount("profile.pages_30d", 500, true),
            new Amount("profile.spend_365d", 5000, false),
            new Amount("profile.spend_90d", 2000, false),
            new Amount("context.attributes.cart.value", 400, false));
    private static final Amount[] FINE =
            AMOUNTS.stream().filter(amount -> !amount.whole).toArray(Amount[]::new);

    /** Where product lines stand: the page's, the last one looked at, and those somebody follows. */
    private static final String PAGE_LINE = "context.attributes.page.line";

    private static final String LAST_LINE = "profile.last_line";
    private static final String LINES = "profile.followed_lines";
    private static final int LINES_EACH = 3;

    private final SplittableRandom random;
    private final int lines;

    /** @param lines how many product lines the shop has */
    Attributes(SplittableRandom random, int lines) {
        this.random = random;
        this.lines = lines;
    }

    private String anyLine() {
        return "line-" + random.nextInt(lines);
    }

    /** A test that is about one product line. */
    Sized line() {
        String line = anyLine();
        int place = random.nextInt(4);
        if (place == 3) {
            Test test = new Test(
                    "\"" + line + "\" in " + LINES,
                    "{\"in\":[\"" + line + "\"," + var(LINES) + "]}",
                    visitor -> ((List<?>) visitor.get(LINES)).contains(line));
            return new Sized(test, Math.min(1, (double) LINES_EACH / lines));
        }
        String name = place == 2 ? LAST_LINE : PAGE_LINE;
        Test test = new Test(
                name + " == \"" + line + "\"",
                "{\"==\":[" + var(name) + ",\"" + line + "\"]}",
                visitor -> visitor.get(name).equals(line));
        return new Sized(test, 1.0 / lines);
    }

    /** Where the attributes stand when no bundle says so. */
    static FactLayout layout() {
        List<Slot> slots = new ArrayList<>();
        WORDS.forEach(words -> slots.add(new Slot(words.name, ValueType.STRING, dataClass(words.name))));
        FLAGS.forEach(flag -> slots.add(new Slot(flag, ValueType.BOOL, dataClass(flag))));
        AMOUNTS.forEach(amount -> slots.add(
                new Slot(amount.name, amount.whole ? ValueType.INT : ValueType.DOUBLE, dataClass(amount.name))));
        slots.add(new Slot(PAGE_LINE, ValueType.STRING, null));
        slots.add(new Slot(LAST_LINE, ValueType.STRING, dataClass(LAST_LINE)));
        slots.add(new Slot(LINES, ValueType.STRINGS, dataClass(LINES)));
        slots.add(new Slot(FAVOURITES, ValueType.STRINGS, dataClass(FAVOURITES)));
        return new FactLayout(slots);
    }

    private static @Nullable DataClass dataClass(String name) {
        return name.startsWith("profile.") ? DataClass.TRANSACTION : null;
    }

    /** Somebody, by full name of the attribute; numbers are Long and Double. */
    Map<String, Object> visitor() {
        Map<String, Object> visitor = new HashMap<>();
        WORDS.forEach(words -> visitor.put(words.name, pick(words.values)));
        FLAGS.forEach(flag -> visitor.put(flag, random.nextBoolean()));
        AMOUNTS.forEach(amount -> {
            double value = random.nextDouble() * amount.limit;
            visitor.put(amount.name, amount.whole ? (Object) (long) value : (Object) value);
        });
        visitor.put(PAGE_LINE, anyLine());
        visitor.put(LAST_LINE, anyLine());
        visitor.put(
                LINES,
                Stream.generate(this::anyLine)
                        .distinct()
                        .limit(Math.min(lines, LINES_EACH))
                        .toList());
        visitor.put(
                FAVOURITES,
                Stream.generate(() -> pick(CATEGORIES))
                        .distinct()
                        .limit(FAVOURITES_EACH)
                        .toList());
        return visitor;
    }

    /** How many kinds of tests there are, no two of them about one attribute. */
    static int kinds() {
        return WORDS.size() + FLAGS.size() + AMOUNTS.size() + 2;
    }

    /** A test of a kind. */
    Sized test(int kind) {
        int at = kind;
        if (at < WORDS.size()) {
            return words(WORDS.get(at));
        }
        at -= WORDS.size();
        if (at < FLAGS.size()) {
            return flag(FLAGS.get(at), random.nextInt(4) > 0);
        }
        at -= FLAGS.size();
        if (at < AMOUNTS.size()) {
            return threshold(AMOUNTS.get(at));
        }
        return at == AMOUNTS.size() ? favourite() : moreOrders();
    }

    private Sized words(Words words) {
        String name = words.name;
        int all = words.values.size();
        String one = pick(words.values);
        switch (random.nextInt(8)) {
            case 0 -> {
                Test test = new Test(
                        name + " != \"" + one + "\"",
                        "{\"!=\":[" + var(name) + ",\"" + one + "\"]}",
                        visitor -> !visitor.get(name).equals(one));
                return new Sized(test, (all - 1.0) / all);
            }
            case 1, 2 -> {
                List<String> some = Stream.generate(() -> pick(words.values))
                        .distinct()
                        .limit(2)
                        .toList();
                String list = "[\"" + String.join("\",\"", some) + "\"]";
                Test test = new Test(
                        name + " in " + list,
                        "{\"in\":[" + var(name) + "," + list + "]}",
                        visitor -> some.contains((String) visitor.get(name)));
                return new Sized(test, 2.0 / all);
            }
            default -> {
                Test test = new Test(
                        name + " == \"" + one + "\"",
                        "{\"==\":[" + var(name) + ",\"" + one + "\"]}",
                        visitor -> visitor.get(name).equals(one));
                return new Sized(test, 1.0 / all);
            }
        }
    }

    private static Sized flag(String name, boolean wanted) {
        Test test = new Test(
                wanted ? name : "!" + name,
                wanted ? var(name) : "{\"!\":[" + var(name) + "]}",
                visitor -> (Boolean) visitor.get(name) == wanted);
        return new Sized(test, 0.5);
    }

    /** On one side of a number: for a fifth to four fifths of the visitors. */
    private Sized threshold(Amount amount) {
        double share = 0.2 + random.nextDouble() * 0.6;
        boolean above = random.nextBoolean();
        Number bound = number(amount, amount.limit * (above ? 1 - share : share));
        return new Sized(compared(amount.name, above ? ">=" : "<", bound), share);
    }

    /**
     * A range of a number that holds for that share of the visitors.
     *
     * @param which of the numbers, 0 or 1
     */
    List<Test> range(int which, double share) {
        Amount amount = FINE[which];
        double low = random.nextDouble() * amount.limit * (1 - share);
        return List.of(
                compared(amount.name, ">=", number(amount, low)),
                compared(amount.name, "<", number(amount, low + amount.limit * share)));
    }

    private static Number number(Amount amount, double value) {
        return amount.whole ? (Number) Math.round(value) : (Number) (Math.round(value * 1000) / 1000.0);
    }

    private static Test compared(String name, String relation, Number bound) {
        String text =
                bound instanceof Long ? bound.toString() : String.format(Locale.ROOT, "%.3f", bound.doubleValue());
        double limit = bound.doubleValue();
        boolean above = relation.equals(">=");
        return new Test(
                name + " " + relation + " " + text,
                "{\"" + relation + "\":[" + var(name) + "," + text + "]}",
                visitor -> {
                    double value = ((Number) visitor.get(name)).doubleValue();
                    return above ? value >= limit : value < limit;
                });
    }

    private Sized favourite() {
        String one = pick(CATEGORIES);
        Test test = new Test(
                "\"" + one + "\" in " + FAVOURITES,
                "{\"in\":[\"" + one + "\"," + var(FAVOURITES) + "]}",
                visitor -> ((List<?>) visitor.get(FAVOURITES)).contains(one));
        return new Sized(test, (double) FAVOURITES_EACH / CATEGORIES.size());
    }

    /** Compares two attributes: no index helps. */
    private static Sized moreOrders() {
        String pages = "profile.pages_30d";
        String days = "profile.days_since_order";
        Test test = new Test(
                pages + " > " + days,
                "{\">\":[" + var(pages) + "," + var(days) + "]}",
                visitor -> (Long) visitor.get(pages) > (Long) visitor.get(days));
        return new Sized(test, 0.6);
    }

    private static String var(String name) {
        return "{\"var\":\"" + name + "\"}";
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
