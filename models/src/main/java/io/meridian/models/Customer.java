package io.meridian.models;

import java.util.List;
import java.util.Random;

/**
 * A simulated customer: traits nobody observes, and the traces they leave.
 *
 * <p>The traits decide outcomes; a model sees only the traces, which are noisy, rounded and for some customers missing. So no
 * model can be perfect, as none is on real customers.
 */
final class Customer {
    /** How popular each category is, in the order of {@link Attributes#CATEGORIES}; sums to 1. */
    private static final double[] POPULARITY = {.12, .18, .07, .12, .12, .09, .08, .06, .07, .03, .04, .02};

    private final Random random;

    // Traits: standard normal unless said otherwise. Never observed.
    final double activity;
    final double wealth;
    final double dealSeeking;
    final double loyalty;
    /** Turning away (a competitor, a move): above 1 the last months differ from the year. */
    final double drift;

    final String mainCategory;
    final String secondCategory;
    /** What the customer is after at the moment. */
    final String need;
    /** How urgently; 0 and up. */
    final double urgency;

    // Traces.
    final int orders365;
    final int orders90;
    final double averageOrderValue;
    final double spend365;
    final double spend90;
    final double daysSinceOrder;
    final double returnRate;
    final double couponShare;
    final String tier;
    final String lastCategory;
    final String topCategory;
    final int storePurchases;
    final boolean tracked;
    final int sessions30;
    final int sessions7;
    final int pages30;
    final double daysSinceVisit;
    final int cartAdds;
    final int cartAbandons;
    final int searches;
    final int emailOpens;
    final int emailClicks;
    final boolean appInstalled;
    final String viewedCategory;
    final int wishlist;

    Customer(Random random) {
        this.random = random;
        activity = random.nextGaussian();
        wealth = random.nextGaussian();
        dealSeeking = random.nextGaussian();
        loyalty = random.nextGaussian();
        drift = random.nextGaussian();
        mainCategory = category();
        secondCategory = category();
        need = chance(.45) ? mainCategory : chance(.3) ? secondCategory : category();
        urgency = -StrictMath.log(1 - random.nextDouble());

        orders365 = poisson(StrictMath.exp(.9 + .7 * activity + .35 * loyalty));
        double recentShare = .25 / (1 + StrictMath.exp(1.6 * (drift - 1)));
        orders90 = binomial(orders365, .06 + recentShare);
        averageOrderValue = round2(StrictMath.exp(3.9 + .5 * wealth + .15 * random.nextGaussian()));
        spend365 = round2(orders365 * averageOrderValue);
        spend90 = round2(orders90 * averageOrderValue * (.8 + .4 * random.nextDouble()));
        daysSinceOrder = orders90 > 0
                ? Math.floor(90 * (1 - StrictMath.pow(random.nextDouble(), 1.0 / orders90)))
                : 90 + Math.floor(275 * (1 - StrictMath.pow(random.nextDouble(), 1.0 / Math.max(1, orders365))));
        returnRate = round2(share(-1.6 + .7 * random.nextGaussian()));
        couponShare = round2(share(-.7 + 1.1 * dealSeeking + .5 * random.nextGaussian()));
        tier = tier(spend365 * (1 + .25 * Math.max(0, loyalty)));
        lastCategory = chance(.5) ? mainCategory : chance(.5) ? secondCategory : category();
        topCategory = chance(.75) ? mainCategory : secondCategory;
        storePurchases = chance(.35) ? poisson(StrictMath.exp(.3 + .4 * loyalty)) : 0;

        tracked = chance(.85);
        double interest = StrictMath.exp(.7 + .55 * activity + .35 * Math.min(3, urgency) - .55 * Math.max(0, drift));
        sessions30 = poisson(interest);
        sessions7 = binomial(sessions30, .22 + .08 * Math.min(2, urgency));
        pages30 = poisson(sessions30 * StrictMath.exp(1.3 + .3 * random.nextGaussian()));
        daysSinceVisit = sessions7 > 0
                ? Math.floor(7 * random.nextDouble())
                : sessions30 > 0
                        ? 7 + Math.floor(23 * random.nextDouble())
                        : 30 + Math.floor(150 * random.nextDouble());
        cartAdds = poisson(.22 * sessions30 * (.5 + .5 * Math.min(3, urgency)));
        cartAbandons = binomial(cartAdds, .65);
        searches = poisson(.4 * sessions30 * (.6 + .4 * Math.min(3, urgency)));
        emailOpens = poisson(StrictMath.exp(.8 + .5 * loyalty + .3 * dealSeeking - .6 * Math.max(0, drift)));
        emailClicks = binomial(emailOpens, .18);
        appInstalled = chance(share(-.9 + .6 * activity + .5 * loyalty));
        viewedCategory = chance(.6) ? need : chance(.5) ? mainCategory : category();
        wishlist = poisson(StrictMath.exp(.1 + .4 * activity));
    }

    /** Writes what is observed of the customer into the row begun. */
    void describe(Table table) {
        table.text("profile.tier", tier);
        table.number("profile.orders_90d", orders90);
        table.number("profile.orders_365d", orders365);
        table.number("profile.spend_90d", spend90);
        table.number("profile.spend_365d", spend365);
        table.number("profile.store_purchases_365d", storePurchases);
        if (orders365 > 0) {
            table.number("profile.avg_order_value", averageOrderValue);
            table.number("profile.days_since_order", daysSinceOrder);
            table.number("profile.return_rate", returnRate);
            table.number("profile.coupon_share", couponShare);
            table.text("profile.last_category", lastCategory);
            table.text("profile.top_category", topCategory);
        }
        table.number("profile.email_opens_90d", emailOpens);
        table.number("profile.email_clicks_90d", emailClicks);
        table.flag("profile.app_installed", appInstalled);
        if (tracked) {
            describeVisits(table);
        }
    }

    private void describeVisits(Table table) {
        table.number("profile.sessions_7d", sessions7);
        table.number("profile.sessions_30d", sessions30);
        table.number("profile.pages_30d", pages30);
        table.number("profile.days_since_visit", daysSinceVisit);
        table.number("profile.cart_adds_30d", cartAdds);
        table.number("profile.cart_abandons_30d", cartAbandons);
        table.number("profile.searches_30d", searches);
        table.number("profile.wishlist_count", wishlist);
        if (sessions30 > 0) {
            table.text("profile.viewed_category", viewedCategory);
        }
    }

    private static String tier(double weight) {
        List<String> tiers = List.of("none", "bronze", "silver", "gold", "platinum");
        double[] from = {0, 60, 250, 700, 1800};
        int tier = 0;
        while (tier + 1 < from.length && weight >= from[tier + 1]) {
            tier++;
        }
        return tiers.get(tier);
    }

    /** A category by popularity. */
    String category() {
        double left = random.nextDouble();
        for (int i = 0; i < POPULARITY.length; i++) {
            left -= POPULARITY[i];
            if (left < 0) {
                return Attributes.CATEGORIES.get(i);
            }
        }
        return Attributes.CATEGORIES.get(0);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** The logistic function. */
    static double share(double logit) {
        return 1 / (1 + StrictMath.exp(-logit));
    }

    private static double round2(double value) {
        return Math.rint(value * 100) / 100;
    }

    /** Knuth's method; the mean is kept below 200. */
    private int poisson(double mean) {
        double limit = StrictMath.exp(-Math.min(200, mean));
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    private int binomial(int trials, double probability) {
        int count = 0;
        for (int i = 0; i < trials; i++) {
            count += chance(probability) ? 1 : 0;
        }
        return count;
    }
}
