package io.meridian.edge.core.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.meridian.edge.testing.Releases;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrustPolicyTest {
    private final Releases people = new Releases().person("anna", "author:de").person("ben", "approve:de");

    @Test
    void aKeyHasOneIdAndAnIdOneKey() {
        TrustPolicy.Key anna = people.trust().key("anna");
        TrustPolicy.Key again = new TrustPolicy.Key("ben", "Ben", anna.publicKey(), Set.of());
        assertThrows(IllegalArgumentException.class, () -> TrustPolicy.of(List.of(anna, again)));
        TrustPolicy.Key ben =
                new TrustPolicy.Key("anna", "Ben", people.trust().key("ben").publicKey(), Set.of());
        assertThrows(IllegalArgumentException.class, () -> TrustPolicy.of(List.of(anna, ben)));
        List<TrustPolicy.Key> many = IntStream.rangeClosed(0, TrustPolicy.MAX_KEYS)
                .mapToObj(i -> anna)
                .toList();
        assertThrows(IllegalArgumentException.class, () -> TrustPolicy.of(many));
    }

    @Test
    void aNameIsOnePersonHoweverItIsWritten() {
        for (String name :
                List.of("Anna Lüdtke", " anna  lüdtke", "ANNA LÜDTKE", "Anna\u00a0Lu\u0308dtke", "Ａnna Lüdtke")) {
            assertEquals("anna lüdtke", key(name).person(), name);
        }
    }

    @Test
    void rolesAreReadAsTheyAreWritten() {
        for (String role : List.of("author:de", "approve:*", "author:locked", "rollback")) {
            assertEquals(role, Role.parse(role).toString());
        }
        for (String role :
                List.of("", "author", "author:", "author:DE", "author:**", "rollback:de", "AUTHOR:de", "author:de ")) {
            assertNull(Role.parse(role), role);
        }
    }

    private TrustPolicy.Key key(String name) {
        return new TrustPolicy.Key("k", name, people.trust().key("anna").publicKey(), Set.of());
    }
}
