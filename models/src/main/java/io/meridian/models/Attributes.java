package io.meridian.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The attributes a row may have: those of the service's attribute contract that models may be trained on, and the offer's. */
final class Attributes {
    static final String OFFER_CATEGORY = "offer.category";

    static final List<String> CATEGORIES = List.of(
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

    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        put(
                Kind.NUMBER,
                "profile.orders_90d profile.orders_365d profile.spend_90d profile.spend_365d profile.avg_order_value"
                        + " profile.days_since_order profile.return_rate profile.coupon_share profile.store_purchases_365d"
                        + " profile.sessions_7d profile.sessions_30d profile.pages_30d profile.days_since_visit"
                        + " profile.cart_adds_30d profile.cart_abandons_30d profile.searches_30d profile.email_opens_90d"
                        + " profile.email_clicks_90d profile.wishlist_count");
        put(Kind.FLAG, "profile.app_installed profile.newsletter profile.push_enabled");
        put(
                Kind.TEXT,
                "profile.tier profile.last_category profile.top_category profile.viewed_category profile.payment_type"
                        + " profile.price_sensitivity profile.preferred_channel context.device context.channel "
                        + OFFER_CATEGORY);
        put(Kind.TEXTS, "profile.favourite_categories");
    }

    private Attributes() {}

    private static void put(Kind kind, String names) {
        Stream.of(names.split(" ")).forEach(name -> KINDS.put(name, kind));
    }

    /** Throws for a name that is none. */
    static Kind kindOf(String name) {
        Kind kind = KINDS.get(name);
        if (kind == null) {
            throw new IllegalArgumentException("there is no attribute '" + name + "'; there are "
                    + KINDS.keySet().stream().collect(Collectors.joining(", ")));
        }
        return kind;
    }
}
