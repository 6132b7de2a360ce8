package io.meridian.models;

import static io.meridian.models.FeatureSpec.equalTo;
import static io.meridian.models.FeatureSpec.equalsOfferCategory;
import static io.meridian.models.FeatureSpec.flag;
import static io.meridian.models.FeatureSpec.identity;
import static io.meridian.models.FeatureSpec.log1p;
import static io.meridian.models.FeatureSpec.ordinal;

import java.util.ArrayList;
import java.util.List;

/**
 * The models there are.
 *
 * <p>Both use what was bought and what was done, and nothing that was said, inferred or is sensitive: a model can be run
 * only where every data class it reads is granted, so each further class costs visitors it can serve.
 */
final class Plans {
    /** Few, well-filled leaves and strong shrinkage: with a few percent of ones, larger trees learn noise. */
    private static final String PROPENSITY_BOOSTING =
            "objective=binary learning_rate=0.08 num_leaves=15 min_data_in_leaf=200"
                    + " lambda_l2=10 feature_fraction=0.8 bagging_fraction=0.8 bagging_freq=1 max_bin=255";

    private static final String CHURN_BOOSTING =
            "objective=binary learning_rate=0.08 num_leaves=15 min_data_in_leaf=100"
                    + " lambda_l2=5 feature_fraction=0.8 bagging_fraction=0.8 bagging_freq=1 max_bin=255";

    private Plans() {}

    static List<Plan> all() {
        return List.of(purchasePropensity(), churnRisk());
    }

    static Plan purchasePropensity() {
        List<FeatureSpec> features = purchasePropensityFeatures();
        return new Plan(
                "purchase-propensity",
                "1",
                "candidate",
                "purchase_propensity",
                "How likely this visitor is to buy from the offer's category after seeing the offer",
                "a purchase from the offer's category within 7 days of seeing the offer",
                0.005,
                features,
                PROPENSITY_BOOSTING,
                100,
                (customers, seed) -> PropensitySimulator.simulate(customers, seed, Plan.attributesOf(features)));
    }

    static Plan churnRisk() {
        List<FeatureSpec> features = churnRiskFeatures();
        return new Plan(
                "churn-risk",
                "1",
                "subject",
                "churn_risk",
                "How likely this customer is to buy nothing in the next half year",
                "no order within 180 days",
                0,
                features,
                CHURN_BOOSTING,
                100,
                (customers, seed) -> ChurnSimulator.simulate(customers, seed, Plan.attributesOf(features)));
    }

    private static List<FeatureSpec> purchasePropensityFeatures() {
        List<FeatureSpec> features = new ArrayList<>(List.of(
                ordinal("profile.tier", "none", "none", "bronze", "silver", "gold", "platinum"),
                log1p("profile.orders_90d", 0, 0, 200),
                log1p("profile.orders_365d", 0, 0, 500),
                log1p("profile.spend_365d", 0, 0, 20_000),
                log1p("profile.avg_order_value", 0, 0, 5_000),
                log1p("profile.days_since_order", 365, 0, 730),
                identity("profile.return_rate", 0, 0, 1),
                identity("profile.coupon_share", 0, 0, 1),
                log1p("profile.sessions_7d", 0, 0, 200),
                log1p("profile.sessions_30d", 0, 0, 500),
                log1p("profile.pages_30d", 0, 0, 5_000),
                log1p("profile.days_since_visit", 90, 0, 365),
                log1p("profile.cart_adds_30d", 0, 0, 200),
                log1p("profile.cart_abandons_30d", 0, 0, 200),
                log1p("profile.searches_30d", 0, 0, 500),
                log1p("profile.email_clicks_90d", 0, 0, 200),
                log1p("profile.wishlist_count", 0, 0, 500),
                flag("profile.app_installed"),
                equalTo("device_mobile", "context.device", "mobile"),
                equalTo("channel_app", "context.channel", "app"),
                equalTo("channel_email", "context.channel", "email")));
        for (String category : Attributes.CATEGORIES) {
            features.add(equalTo("category_" + category, Attributes.OFFER_CATEGORY, category));
        }
        features.add(equalsOfferCategory("top_category_match", "profile.top_category"));
        features.add(equalsOfferCategory("last_category_match", "profile.last_category"));
        features.add(equalsOfferCategory("viewed_category_match", "profile.viewed_category"));
        return List.copyOf(features);
    }

    private static List<FeatureSpec> churnRiskFeatures() {
        return List.of(
                ordinal("profile.tier", "none", "none", "bronze", "silver", "gold", "platinum"),
                log1p("profile.orders_90d", 0, 0, 200),
                log1p("profile.orders_365d", 0, 0, 500),
                log1p("profile.spend_90d", 0, 0, 20_000),
                log1p("profile.spend_365d", 0, 0, 20_000),
                log1p("profile.avg_order_value", 0, 0, 5_000),
                log1p("profile.days_since_order", 365, 0, 730),
                identity("profile.return_rate", 0, 0, 1),
                identity("profile.coupon_share", 0, 0, 1),
                log1p("profile.store_purchases_365d", 0, 0, 200),
                log1p("profile.sessions_7d", 0, 0, 200),
                log1p("profile.sessions_30d", 0, 0, 500),
                log1p("profile.pages_30d", 0, 0, 5_000),
                log1p("profile.days_since_visit", 90, 0, 365),
                log1p("profile.cart_adds_30d", 0, 0, 200),
                log1p("profile.cart_abandons_30d", 0, 0, 200),
                log1p("profile.searches_30d", 0, 0, 500),
                log1p("profile.email_opens_90d", 0, 0, 200),
                log1p("profile.email_clicks_90d", 0, 0, 200),
                flag("profile.app_installed"),
                log1p("profile.wishlist_count", 0, 0, 500));
    }
}
