package io.meridian.models;

import java.util.List;
import java.util.Random;

/**
 * Whether simulated customers buy again within half a year.
 *
 * <p>The hidden drift (a competitor, a move) drives it together with loyalty, plain chance, and the silence since the last order
 * measured in the customer's own rhythm: sixty days mean nothing for who orders twice a year and much for who orders weekly.
 */
final class ChurnSimulator {
    private static final double INTERCEPT = -1.75;

    private ChurnSimulator() {}

    static Table simulate(int customers, long seed, List<String> attributes) {
        Random random = new Random(seed);
        Table table = new Table(attributes);
        for (int i = 0; i < customers; i++) {
            Customer customer = new Customer(random);
            double probability = Customer.share(logit(customer) + .6 * random.nextGaussian());
            table.begin();
            customer.describe(table);
            table.end(i, random.nextDouble() < probability, probability);
        }
        return table;
    }

    private static double logit(Customer customer) {
        double logit = INTERCEPT + 1.1 * customer.drift - .5 * customer.loyalty - .35 * customer.activity;
        double rhythm = 365.0 / (customer.orders365 + 1);
        double silence = customer.orders365 == 0 ? 2 : customer.daysSinceOrder / rhythm;
        logit += 1.3 * Math.max(0, Math.min(3, silence) - 1);
        if (customer.returnRate > .35 && customer.couponShare > .5) {
            logit += .9;
        }
        if (customer.storePurchases > 0 && customer.sessions30 == 0) {
            // Quiet online, but a customer of the stores.
            logit -= .8;
        }
        return logit - .3 * Math.min(2, StrictMath.log1p(customer.sessions30)) + (customer.appInstalled ? -.25 : 0);
    }
}
