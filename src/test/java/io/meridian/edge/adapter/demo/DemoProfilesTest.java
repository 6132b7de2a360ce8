package io.meridian.edge.adapter.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.adapter.redis.ProfileValues;
import io.meridian.edge.core.profile.ProfileRecord;
import io.meridian.edge.testing.SampleContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoProfilesTest {
    private static final long NOW = 1_800_000_000_000L;

    private static List<ProfileRecord> all(String region, int count) {
        List<ProfileRecord> all = new ArrayList<>();
        new DemoProfiles(region, 1, count, NOW).forEachRemaining(all::add);
        return all;
    }

    @Test
    void everyCustomerFitsTheContractAndTheSameSeedGivesTheSame() {
        for (String region : List.of("eu-central", "us-east", "ap-south")) {
            for (ProfileRecord record : all(region, 1000)) {
                assertEquals(List.of(), ProfileValues.check(SampleContract.contract(), record.values()));
            }
            assertEquals(all(region, 50), all(region, 50));
        }
    }

    @Test
    void theFirstArePeopleOneCanTellStoriesOf() {
        ProfileRecord first = all("eu-central", 1).get(0);
        assertEquals("c-1001", first.subject().id());
        assertEquals("DE", first.values().get("home_country"));
        assertEquals("gold", first.values().get("tier"));
        ProfileRecord californian = all("us-east", 2).get(1);
        assertEquals("US", californian.values().get("home_country"));
        assertEquals(null, californian.consent());
    }

    @Test
    void tiersSpreadAsAmongRealCustomersAndSpendFollowsOrders() {
        Map<Object, Integer> tiers = new HashMap<>();
        int said = 0;
        for (ProfileRecord record : all("eu-central", 5000)) {
            tiers.merge(record.values().get("tier"), 1, Integer::sum);
            said += record.consent() == null ? 0 : 1;
            boolean buys = (Long) record.values().get("orders_365d") > 0;
            assertEquals(buys, (Double) record.values().get("spend_365d") > 0);
        }
        assertEquals(5, tiers.size(), tiers::toString);
        assertTrue(tiers.get("platinum") < tiers.get("bronze"), tiers::toString);
        assertTrue(said > 2000 && said < 4000);
    }
}
