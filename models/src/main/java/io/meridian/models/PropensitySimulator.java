package io.meridian.models;

import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Offers shown to simulated customers, and whether they bought from the offer's category.
 *
 * <p>What drives a purchase beyond what is observed: the present need and its urgency, wealth, deal seeking, and plain chance per
 * offer. What is observed acts through interactions that a linear model cannot express (someone who bought shoes last week wants no shoes, but
 * who bought groceries three weeks ago wants groceries again).
 */
final class PropensitySimulator {
    private static final int OFFERS_PER_CUSTOMER = 4;
    /** Sets the base rate to a few percent. */
    private static final double INTERCEPT = -4.8;

    private static final Set<String> CONSUMABLE = Set.of("grocery", "beauty", "kids");
    private static final Set<String> EXPENSIVE = Set.of("electronics", "jewellery", "travel");
    private static final List<String> DEVICES = List.of("mobile", "desktop", "tablet");

    private PropensitySimulator() {}

    static Table simulate(int customers, long seed, List<String> attributes) {
        Random random = new Random(seed);
        Table table = new Table(attributes);
        for (int i = 0; i < customers; i++) {
            Customer customer = new Customer(random);
            for (int offer = 0; offer < OFFERS_PER_CUSTOMER; offer++) {
                // Whoever chose the offers in the past already favoured what fits: logged data is never uniform.
                String category = customer.chance(.35)
                        ? customer.chance(.5) ? customer.topCategory : customer.viewedCategory
                        : Attributes.CATEGORIES.get(random.nextInt(Attributes.CATEGORIES.size()));
                String device = DEVICES.get(random.nextDouble() < .6 ? 0 : random.nextDouble() < .85 ? 1 : 2);
                String channel = customer.appInstalled && random.nextDouble() < .4
                        ? "app"
                        : random.nextDouble() < .08 ? "email" : "web";
                double probability =
                        Customer.share(logit(customer, category, device, channel) + .5 * random.nextGaussian());
                table.begin();
                customer.describe(table);
                table.text("context.device", device);
                table.text("context.channel", channel);
                table.text(Attributes.OFFER_CATEGORY, category);
                table.end(i, random.nextDouble() < probability, probability);
            }
        }
        return table;
    }

    private static double logit(Customer customer, String category, String device, String channel) {
        double logit = INTERCEPT + .3 * customer.activity - .25 * Math.max(0, customer.drift);
        if (category.equals(customer.need)) {
            logit += .7 + .75 * Math.min(3, customer.urgency);
        }
        if (category.equals(customer.mainCategory)) {
            logit += .65;
        } else if (category.equals(customer.secondCategory)) {
            logit += .35;
        }
        if (category.equals(customer.viewedCategory) && customer.cartAbandons > 0 && customer.daysSinceVisit < 7) {
            logit += .9;
        }
        if (category.equals(customer.lastCategory) && customer.orders365 > 0) {
            logit += afterPurchase(customer, category);
        }
        if (EXPENSIVE.contains(category)) {
            logit += .45 * customer.wealth - .6;
        } else {
            logit += .2 * customer.dealSeeking;
        }
        if (device.equals("mobile") && EXPENSIVE.contains(category)) {
            logit -= .4;
        }
        return logit + (channel.equals("app") ? .2 : channel.equals("email") ? .45 : 0);
    }

    private static double afterPurchase(Customer customer, String category) {
        if (CONSUMABLE.contains(category)) {
            return customer.daysSinceOrder >= 14 && customer.daysSinceOrder <= 45 ? 1.1 : .2;
        }
        return customer.daysSinceOrder < 21 ? -1.1 : .1;
    }
}
