package io.meridian.edge.adapter.http.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.meridian.edge.adapter.http.times.Door;
import org.junit.jupiter.api.Test;

class UrgencyTest {
    private static Urgency of(String path, boolean named) {
        return Urgency.of(Door.of(path), named);
    }

    @Test
    void everyDoorHasOne() {
        assertEquals(Urgency.RIGHTS, of("/v1/subjects/customer/c-1/consent", false));
        assertEquals(Urgency.RIGHTS, of("/v1/subjects/customer/c-1", false));
        assertEquals(Urgency.DECIDE, of("/v1/decide", false));
        assertEquals(Urgency.DECIDE, of("/v1/decide/home-hero", true));
        assertEquals(Urgency.BULK, of("/v1/decide/home-hero", false));
        assertEquals(Urgency.DECIDE, of("/ofrep/v1/evaluate/flags/home-hero", false));
        assertEquals(Urgency.BULK, of("/ofrep/v1/evaluate/flags", false));
        assertEquals(Urgency.INGEST, of("/v1/events", false));
        assertEquals(Urgency.INGEST, of("/v1/profiles/customer/c-1", false));
        assertEquals(Urgency.BULK, of("/v1/bundle", false));
        assertEquals(Urgency.BULK, of("/v1/decided", true));
        assertEquals(Urgency.DECIDE, of("/v1/decide/", false));
        assertEquals(Urgency.INGEST, of("/v1/events/", false));
        assertEquals(Urgency.BULK, of("/ofrep/v1/evaluate/flags/", false));
    }

    @Test
    void aCallerLowersItsOwnAndNeverRaisesIt() {
        assertEquals(Urgency.DECIDE, Urgency.DECIDE.lowered(null));
        assertEquals(Urgency.DECIDE, Urgency.DECIDE.lowered("u=0"));
        assertEquals(Urgency.BULK, Urgency.BULK.lowered("u=0"));
        assertEquals(Urgency.DECIDE, Urgency.DECIDE.lowered("u=3, i"));
        assertEquals(Urgency.INGEST, Urgency.DECIDE.lowered("u=4"));
        assertEquals(Urgency.INGEST, Urgency.DECIDE.lowered("i, u=5"));
        assertEquals(Urgency.BULK, Urgency.BULK.lowered("u=5"));
        assertEquals(Urgency.BULK, Urgency.DECIDE.lowered("u=6"));
        assertEquals(Urgency.BULK, Urgency.INGEST.lowered("u=7;x=1,i"));
        assertEquals(Urgency.DECIDE, Urgency.DECIDE.lowered("u=7, u=1"));
    }

    @Test
    void rightsStayRightsWhateverABrowserOrCdnSendsByItself() {
        assertEquals(Urgency.RIGHTS, Urgency.RIGHTS.lowered("u=4"));
        assertEquals(Urgency.RIGHTS, Urgency.RIGHTS.lowered("u=7, i"));
    }

    @Test
    void whatIsNotUnderstoodIsPassedOver() {
        for (String odd :
                new String[] {"", "u", "u=", "u=8", "u=-1", "u=77", "U=7", "=u", ",,,", "u=x", "urgent", "u =7"}) {
            assertEquals(Urgency.DECIDE, Urgency.DECIDE.lowered(odd), odd);
        }
    }
}
