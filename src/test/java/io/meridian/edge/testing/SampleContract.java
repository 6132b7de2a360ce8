package io.meridian.edge.testing;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.ValueType;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.AttributeContract.Attribute;
import io.meridian.edge.core.profile.ProfileLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The attribute contract of the sample configuration, written down by hand so that tests need no files. */
public final class SampleContract {
    private static final long DAY = 86_400;

    private SampleContract() {}

    public static AttributeContract contract() {
        List<Attribute> all = new ArrayList<>();
        add(
                all,
                DataClass.IDENTITY,
                400,
                "account_age_days int|home_country string|language string"
                        + "|age_band string under18,18-24,25-34,35-44,45-54,55-64,65plus|email_verified bool|loyalty_member bool");
        add(
                all,
                DataClass.TRANSACTION,
                400,
                "tier string none,bronze,silver,gold,platinum|orders_90d int|orders_365d int"
                        + "|spend_90d double|spend_365d double|avg_order_value double|days_since_order int|return_rate double"
                        + "|coupon_share double|last_category string|top_category string|currency string"
                        + "|payment_type string card,wallet,invoice,cash|store_purchases_365d int");
        add(
                all,
                DataClass.BEHAVIOUR,
                100,
                "sessions_7d int|sessions_30d int|pages_30d int|days_since_visit int|cart_adds_30d int"
                        + "|cart_abandons_30d int|searches_30d int|email_opens_90d int|email_clicks_90d int|app_installed bool"
                        + "|viewed_category string|wishlist_count int");
        add(
                all,
                DataClass.PREFERENCE,
                730,
                "favourite_categories strings|newsletter bool|push_enabled bool"
                        + "|preferred_channel string web,app,email,kiosk|price_sensitivity string low,medium,high|clothing_size string");
        add(
                all,
                DataClass.INFERRED,
                30,
                "clv_band string low,medium,high"
                        + "|household_type string single,couple,family,senior|next_category string");
        add(all, DataClass.SENSITIVE, 90, "health_interest bool|accessibility_needs bool");
        return new AttributeContract(
                List.of(
                        new AttributeContract.Namespace("customer", false),
                        new AttributeContract.Namespace("device", true)),
                all,
                List.of());
    }

    /** Every attribute of the contract, in its order. */
    public static FactLayout facts(AttributeContract contract) {
        return new FactLayout(contract.attributes().stream()
                .map(attribute ->
                        new FactLayout.Slot("profile." + attribute.name(), attribute.type(), attribute.dataClass()))
                .toList());
    }

    /** A layout in which every attribute is looked at. */
    public static ProfileLayout layout(AttributeContract contract, FactLayout facts) {
        BitSet used = new BitSet();
        used.set(0, facts.size());
        return new ProfileLayout(contract, facts, used, List.of());
    }

    private static void add(List<Attribute> all, DataClass dataClass, int days, String attributes) {
        String[] parts = attributes.split("\\|");
        for (int position = 0; position < parts.length; position++) {
            String[] words = parts[position].split(" ");
            ValueType type = ValueType.valueOf(words[1].toUpperCase(java.util.Locale.ROOT));
            List<String> values = words.length > 2 ? List.of(words[2].split(",")) : List.of();
            all.add(new Attribute(words[0], dataClass, position, type, values, days * DAY, "test", ""));
        }
    }
}
