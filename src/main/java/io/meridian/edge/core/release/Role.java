package io.meridian.edge.core.release;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a key may sign.
 *
 * @param act null for {@link #ROLLBACK}
 * @param scope see {@link Scopes}; empty for {@link #ROLLBACK}
 */
public record Role(@Nullable Act act, String scope) {
    /** May order a step back to a kept bundle. */
    public static final Role ROLLBACK = new Role(null, "");

    /** How a role is written, for messages. */
    public static final String ADVICE =
            "author:<scope>, approve:<scope> or rollback, where a scope is a market's id, global, locked or \"*\"";

    private static final Pattern SCOPE = Pattern.compile("[a-z][a-z0-9-]{0,63}|\\*");

    /** The role to do so for a scope. */
    public static Role of(Act act, String scope) {
        return new Role(act, scope);
    }

    /** Null if it is none. */
    public static @Nullable Role parse(String text) {
        if (text.equals("rollback")) {
            return ROLLBACK;
        }
        for (Act act : Act.values()) {
            String prefix = act.word() + ":";
            if (text.startsWith(prefix)
                    && SCOPE.matcher(text.substring(prefix.length())).matches()) {
                return new Role(act, text.substring(prefix.length()));
            }
        }
        return null;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return act == null ? "rollback" : act.word() + ":" + scope;
    }
}
