package io.meridian.edge.adapter.http.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a key's holder may do everywhere. Authoring and approving go by market, see {@link Caller}. */
public enum Role {
    /** Ask for decisions. */
    DECIDE,
    /** Report events and write profiles. */
    INGEST,
    /** Look at the service and into decisions. */
    OPERATE,
    /** Act on the rights of subjects: consent, erasure, and looking into decisions. */
    PRIVACY;

    /** As written in key files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role written so in key files; null if there is none. */
    static @Nullable Role ofId(String id) {
        for (Role role : values()) {
            if (role.id().equals(id)) {
                return role;
            }
        }
        return null;
    }

    int bit() {
        return 1 << ordinal();
    }
}
