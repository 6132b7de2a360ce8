package io.meridian.edge.benchmark;

import io.meridian.edge.adapter.redis.Pseudonymiser;
import io.meridian.edge.adapter.redis.RedisCounters;
import io.meridian.edge.adapter.redis.RedisProfileWriter;
import io.meridian.edge.adapter.redis.RedisSettings;
import io.meridian.edge.adapter.redis.RegionKey;
import io.meridian.edge.adapter.redis.RegionMarker;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.ProfileWriter;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Who asks: stores profiles; its own are 1,000 subjects who are alike, so that what is true for one is true for all. */
final class Visitors {
    static final int COUNT = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Visitors() {}

    static String id(int i) {
        return "bench-" + i;
    }

    /**
     * Marks the Redis, stores all profiles and the value of the bare routes.
     *
     * @param profiles by the customer's id
     */
    static void store(
            Vertx vertx,
            String redisUrl,
            String region,
            RegionKey key,
            AttributeContract contract,
            Map<String, Map<String, Object>> profiles)
            throws Exception {
        RedisSettings settings = RedisSettings.of(redisUrl);
        RegionMarker marker = new RegionMarker(region, key);
        marker.mark(vertx, settings, false)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        Redis client = Redis.createClient(vertx, redisUrl);
        client.send(Request.cmd(Command.SET).arg("benchmark:1k").arg("v".repeat(1024)))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        client.close();
        try (RedisProfileWriter writer =
                new RedisProfileWriter(vertx, settings, marker, new Pseudonymiser(key, '1'), new RedisCounters())) {
            Waiting.until("the profile writer", PATIENCE, writer::ready);
            int[] none = new int[DataClass.count()];
            int[] unlessRefused = none.clone();
            Arrays.fill(unlessRefused, Purpose.ALL_BITS);
            ProfileWriter.Permission open = new ProfileWriter.Permission(
                    DataClass.ALL_BITS & ~DataClass.EXPOSURE.bit(), none, none, unlessRefused);
            for (Map.Entry<String, Map<String, Object>> profile : profiles.entrySet()) {
                ProfileWriter.Outcome outcome = writer.replace(
                                contract, new SubjectId("customer", profile.getKey()), profile.getValue(), open)
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
                if (outcome != ProfileWriter.Outcome.DONE) {
                    throw new IllegalStateException("a profile was not stored: " + outcome);
                }
            }
        }
    }

    /** What the bundle's conditions and the model look at, and about as much again. */
    static Map<String, Object> profile() {
        return Map.ofEntries(
                Map.entry("account_age_days", 812L),
                Map.entry("home_country", "DE"),
                Map.entry("language", "de"),
                Map.entry("age_band", "35-44"),
                Map.entry("email_verified", true),
                Map.entry("loyalty_member", true),
                Map.entry("tier", "gold"),
                Map.entry("orders_90d", 4L),
                Map.entry("orders_365d", 13L),
                Map.entry("spend_90d", 412.5),
                Map.entry("spend_365d", 1650.75),
                Map.entry("avg_order_value", 126.98),
                Map.entry("days_since_order", 17L),
                Map.entry("return_rate", 0.12),
                Map.entry("coupon_share", 0.3),
                Map.entry("last_category", "apparel"),
                Map.entry("top_category", "footwear"),
                Map.entry("currency", "EUR"),
                Map.entry("payment_type", "card"),
                Map.entry("store_purchases_365d", 2L),
                Map.entry("sessions_7d", 3L),
                Map.entry("sessions_30d", 14L),
                Map.entry("pages_30d", 96L),
                Map.entry("days_since_visit", 2L),
                Map.entry("cart_adds_30d", 5L),
                Map.entry("cart_abandons_30d", 2L),
                Map.entry("searches_30d", 9L),
                Map.entry("email_opens_90d", 7L),
                Map.entry("email_clicks_90d", 3L),
                Map.entry("app_installed", true),
                Map.entry("viewed_category", "sports"),
                Map.entry("wishlist_count", 6L),
                Map.entry("favourite_categories", List.of("footwear", "sports")),
                Map.entry("newsletter", true),
                Map.entry("push_enabled", false),
                Map.entry("preferred_channel", "web"),
                Map.entry("price_sensitivity", "medium"),
                Map.entry("clothing_size", "M"),
                Map.entry("clv_band", "high"),
                Map.entry("next_category", "sports"));
    }
}
