package io.meridian.edge.adapter.demo;

import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.ProfileRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * Customers {@code c-1001}, {@code c-1002}, … of a region: the same seed gives the same customers.
 *
 * <p>The first few are the same people in every story; their country is that of the region if it is not named here:
 *
 * <ul>
 *   <li>{@code c-1001}: a German gold customer (in eu-central), language de, outdoor lover, agreed to personal content
 *   <li>{@code c-1002}: a Californian (in us-east), silver, said nothing about consent
 *   <li>{@code c-1003}: was a good customer and is about to leave: no order for 200 days, returns much
 *   <li>{@code c-1004}: platinum and has refused everything but context
 *   <li>{@code c-1005}: new since last week, no order yet
 *   <li>{@code c-1006}: an Indian customer (in ap-south), language hi, prefers the app
 *   <li>{@code c-1007}: has stated a health interest and agreed to its use explicitly
 *   <li>{@code c-1008}: buys with coupons only
 * </ul>
 *
 * <p>Of the others, an activity and a wealth drawn for each shape everything: who is active visits and orders more, spend follows orders,
 * tier follows spend, and whoever was away for long shows it everywhere.
 */
public final class DemoProfiles implements Iterator<ProfileRecord> {
    /** How many customers a demonstration has per region. */
    public static final int PER_REGION = 10_000;

    /** The number of the first customer. */
    public static final int FIRST = 1001;

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
    private static final double[] CATEGORY_PRICES = {80, 55, 120, 260, 90, 35, 75, 40, 30, 180, 30, 400};
    private static final List<String> AGE_BANDS = List.of("18-24", "25-34", "35-44", "45-54", "55-64", "65plus");
    private static final double[] AGE_WEIGHTS = {0.13, 0.24, 0.23, 0.18, 0.13, 0.09};
    private static final int AGREED =
            Purpose.SELECT_CONTENT.bit() | Purpose.BUILD_PROFILE.bit() | Purpose.MEASURE.bit();

    private record Country(String code, String language, String currency, double weight) {}

    private static final Map<String, List<Country>> COUNTRIES = Map.of(
            "eu-central",
            List.of(
                    new Country("DE", "de", "EUR", 0.45),
                    new Country("FR", "fr", "EUR", 0.25),
                    new Country("GB", "en", "GBP", 0.2),
                    new Country("AT", "de", "EUR", 0.1)),
            "us-east",
            List.of(new Country("US", "en", "USD", 0.8), new Country("BR", "pt", "BRL", 0.2)),
            "ap-south",
            List.of(
                    new Country("IN", "hi", "INR", 0.5),
                    new Country("IN", "en", "INR", 0.3),
                    new Country("SG", "en", "SGD", 0.2)));

    private final String region;
    private final long seed;
    private final int count;
    private final long now;
    private int made;

    /**
     * @param region eu-central, us-east or ap-south; another is given the countries of the first
     * @param count how many customers
     * @param nowMillis what the stored consents' times go back from, epoch milliseconds
     */
    public DemoProfiles(String region, long seed, int count, long nowMillis) {
        this.region = COUNTRIES.containsKey(region) ? region : "eu-central";
        this.seed = seed;
        this.count = count;
        this.now = nowMillis;
    }

    @Override
    public boolean hasNext() {
        return made < count;
    }

    @Override
    public ProfileRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int number = FIRST + made++;
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + region.hashCode() * 31L + number);
        Map<String, Object> values = customer(random);
        int said = persona(number, values);
        StoredConsent consent = consent(said == SAID_BY_CHANCE ? chance(random) : said, random);
        return new ProfileRecord(new SubjectId("customer", "c-" + number), values, consent);
    }

    private static final int SAID_NOTHING = 0;
    private static final int SAID_YES = 1;
    private static final int SAID_NO = 2;
    private static final int SAID_YES_TO_HEALTH = 3;
    private static final int SAID_BY_CHANCE = 4;

    private static int chance(SplittableRandom random) {
        double draw = random.nextDouble();
        return draw < 0.45 ? SAID_YES : draw < 0.6 ? SAID_NO : SAID_NOTHING;
    }

    private @org.jspecify.annotations.Nullable StoredConsent consent(int said, SplittableRandom random) {
        long at = now - random.nextLong(1, 300L * 86_400_000);
        return switch (said) {
            case SAID_YES -> new StoredConsent(AGREED, 0, 0, at, false);
            case SAID_NO -> new StoredConsent(0, 0, Purpose.ALL_BITS & ~Purpose.CONTEXTUAL.bit(), at, false);
            case SAID_YES_TO_HEALTH -> new StoredConsent(AGREED, Purpose.SELECT_CONTENT.bit(), 0, at, false);
            default -> null;
        };
    }

    private Map<String, Object> customer(SplittableRandom random) {
        double activity = random.nextDouble() * random.nextDouble();
        double wealth = 0.3 + random.nextDouble() + Math.abs(random.nextGaussian()) * 0.5;
        long age = 10 + (long) (random.nextDouble() * 2500);
        Country country = country(random);
        int top = random.nextInt(CATEGORIES.size());
        int second = (top + 1 + random.nextInt(CATEGORIES.size() - 1)) % CATEGORIES.size();
        Map<String, Object> values = new HashMap<>();
        values.put("account_age_days", age);
        values.put("home_country", country.code());
        values.put("language", country.language());
        values.put("age_band", AGE_BANDS.get(pick(random, AGE_WEIGHTS)));
        values.put("email_verified", random.nextDouble() < 0.85);
        values.put("loyalty_member", random.nextDouble() < 0.2 + 0.6 * activity);
        long orders = Math.round(activity * 24 * Math.min(1, age / 365.0) * (0.7 + random.nextDouble() * 0.6));
        orders(values, random, orders, activity, wealth, top, second, country.currency());
        behaviour(values, random, activity, top);
        preference(values, random, activity, wealth, top, second);
        inferred(values, random, orders, second);
        return values;
    }

    private static void orders(
            Map<String, Object> values,
            SplittableRandom random,
            long orders,
            double activity,
            double wealth,
            int top,
            int second,
            String currency) {
        double basket = cents(CATEGORY_PRICES[top] * wealth * (0.8 + random.nextDouble() * 0.4));
        double spend = cents(orders * basket);
        long recent = Math.min(orders, Math.round(orders * 0.25 * (0.5 + random.nextDouble())));
        values.put("tier", tier(spend));
        values.put("orders_90d", recent);
        values.put("orders_365d", orders);
        values.put("spend_90d", cents(recent * basket));
        values.put("spend_365d", spend);
        values.put("currency", currency);
        values.put("coupon_share", cents(Math.min(1, random.nextDouble() * random.nextDouble() / wealth)));
        if (orders == 0) {
            return;
        }
        long away = recent > 0 ? random.nextInt(1, 90) : random.nextInt(90, 365);
        values.put("avg_order_value", basket);
        values.put("days_since_order", Math.round(away * (1.1 - Math.min(1, activity))));
        values.put("return_rate", cents(random.nextDouble() * random.nextDouble() * 0.6));
        values.put("last_category", CATEGORIES.get(random.nextDouble() < 0.6 ? top : second));
        values.put("top_category", CATEGORIES.get(top));
        values.put("payment_type", List.of("card", "wallet", "invoice", "cash").get(pick(random, new double[] {
            .5, .3, .15, .05
        })));
        values.put("store_purchases_365d", (long) random.nextInt(1 + (int) orders / 2));
    }

    private static void behaviour(Map<String, Object> values, SplittableRandom random, double activity, int top) {
        long month = Math.round(activity * 30 * (0.6 + random.nextDouble() * 0.8));
        values.put("sessions_7d", Math.round(month * 0.25 * random.nextDouble() * 2));
        values.put("sessions_30d", month);
        values.put("pages_30d", Math.round(month * (3 + random.nextDouble() * 6)));
        values.put("days_since_visit", month > 0 ? (long) random.nextInt(0, 30) : (long) random.nextInt(30, 300));
        long carts = Math.round(month * 0.4 * random.nextDouble());
        values.put("cart_adds_30d", carts);
        values.put("cart_abandons_30d", Math.round(carts * random.nextDouble()));
        values.put("searches_30d", Math.round(month * random.nextDouble()));
        values.put("email_opens_90d", (long) random.nextInt(0, 3 + (int) (activity * 20)));
        values.put("email_clicks_90d", (long) random.nextInt(0, 2 + (int) (activity * 6)));
        values.put("app_installed", random.nextDouble() < 0.2 + 0.5 * activity);
        if (month > 0) {
            values.put(
                    "viewed_category",
                    CATEGORIES.get(random.nextDouble() < 0.5 ? top : random.nextInt(CATEGORIES.size())));
        }
        values.put("wishlist_count", (long) random.nextInt(0, 2 + (int) (activity * 10)));
    }

    /** Only some ever say what they like. */
    private static void preference(
            Map<String, Object> values, SplittableRandom random, double activity, double wealth, int top, int second) {
        if (random.nextDouble() < 0.5 + 0.4 * activity) {
            values.put("favourite_categories", List.of(CATEGORIES.get(top), CATEGORIES.get(second)));
            values.put("newsletter", random.nextDouble() < 0.6);
            values.put("push_enabled", random.nextDouble() < 0.3);
            values.put("preferred_channel", random.nextDouble() < 0.6 ? "web" : "app");
            values.put("price_sensitivity", wealth > 1.3 ? "low" : wealth > 0.8 ? "medium" : "high");
        }
    }

    private static void inferred(Map<String, Object> values, SplittableRandom random, long orders, int second) {
        values.put("clv_band", orders > 8 ? "high" : orders > 2 ? "medium" : "low");
        values.put(
                "household_type",
                List.of("single", "couple", "family", "senior").get(pick(random, new double[] {.35, .3, .25, .1})));
        values.put("next_category", CATEGORIES.get(second));
    }

    /** Makes the first few who they are; tells what they said about consent. */
    private int persona(int number, Map<String, Object> values) {
        switch (number) {
            case 1001 -> {
                home(values, "eu-central", "DE", "de", "EUR");
                bought(values, "gold", 14, 4, 1480, 9, "outdoor");
                values.put("favourite_categories", List.of("outdoor", "travel"));
                return SAID_YES;
            }
            case 1002 -> {
                home(values, "us-east", "US", "en", "USD");
                bought(values, "silver", 7, 2, 610, 21, "electronics");
                return SAID_NOTHING;
            }
            case 1003 -> {
                bought(values, "gold", 5, 0, 1250, 200, "apparel");
                values.put("return_rate", 0.45);
                values.put("sessions_7d", 0L);
                values.put("sessions_30d", 0L);
                values.put("days_since_visit", 74L);
                values.put("email_opens_90d", 0L);
                return SAID_YES;
            }
            case 1004 -> {
                bought(values, "platinum", 30, 9, 5200, 3, "jewellery");
                return SAID_NO;
            }
            case 1005 -> {
                for (String name : List.of(
                        "avg_order_value", "days_since_order", "return_rate", "last_category", "top_category")) {
                    values.remove(name);
                }
                values.putAll(Map.of("tier", "none", "orders_90d", 0L, "orders_365d", 0L, "spend_90d", 0.0));
                values.putAll(Map.of("spend_365d", 0.0, "store_purchases_365d", 0L, "account_age_days", 6L));
                values.putAll(Map.of("sessions_7d", 4L, "sessions_30d", 4L, "days_since_visit", 0L));
                return SAID_YES;
            }
            case 1006 -> {
                home(values, "ap-south", "IN", "hi", "INR");
                bought(values, "silver", 6, 2, 700, 12, "beauty");
                values.put("app_installed", true);
                values.put("preferred_channel", "app");
                return SAID_YES;
            }
            case 1007 -> {
                bought(values, "bronze", 3, 1, 210, 40, "sports");
                values.put("health_interest", true);
                return SAID_YES_TO_HEALTH;
            }
            case 1008 -> {
                bought(values, "bronze", 9, 3, 330, 15, "grocery");
                values.put("coupon_share", 1.0);
                values.put("price_sensitivity", "high");
                return SAID_YES;
            }
            default -> {
                return SAID_BY_CHANCE;
            }
        }
    }

    private void home(Map<String, Object> values, String only, String country, String language, String currency) {
        if (region.equals(only)) {
            values.put("home_country", country);
            values.put("language", language);
            values.put("currency", currency);
        }
    }

    private static void bought(
            Map<String, Object> values,
            String tier,
            long orders,
            long recent,
            double spend,
            long daysAgo,
            String category) {
        values.put("tier", tier);
        values.put("loyalty_member", true);
        values.put("account_age_days", 900L);
        values.put("orders_365d", orders);
        values.put("orders_90d", recent);
        values.put("spend_365d", spend);
        values.put("spend_90d", cents(spend * recent / orders));
        values.put("avg_order_value", cents(spend / orders));
        values.put("days_since_order", daysAgo);
        values.put("return_rate", 0.05);
        values.put("last_category", category);
        values.put("top_category", category);
        values.put("viewed_category", category);
        values.put("clv_band", orders > 8 ? "high" : "medium");
    }

    private Country country(SplittableRandom random) {
        List<Country> countries = new ArrayList<>(COUNTRIES.getOrDefault(region, List.of()));
        return countries.get(
                pick(random, countries.stream().mapToDouble(Country::weight).toArray()));
    }

    private static String tier(double spend) {
        return spend >= 4000
                ? "platinum"
                : spend >= 1200 ? "gold" : spend >= 400 ? "silver" : spend > 0 ? "bronze" : "none";
    }

    private static int pick(SplittableRandom random, double[] weights) {
        double draw = random.nextDouble();
        for (int i = 0; i < weights.length - 1; i++) {
            draw -= weights[i];
            if (draw < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    private static double cents(double value) {
        return StrictMath.rint(value * 100) / 100;
    }
}
