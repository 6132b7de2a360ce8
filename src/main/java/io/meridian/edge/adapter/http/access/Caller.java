package io.meridian.edge.adapter.http.access;

import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whoever calls, and what they may do. Immutable.
 *
 * <p>The roles {@code author:<market>} and {@code approve:<market>} can be given, but no door takes them.
 */
public final class Caller {
    private static final String AUTHOR = "author:";
    private static final String APPROVE = "approve:";

    /** Where no keys are set up: everybody may do everything. */
    static final Caller ANYBODY = new Caller("anybody", ~0);

    private final String id;
    private final int roles;

    private Caller(String id, int roles) {
        this.id = id;
        this.roles = roles;
    }

    /**
     * A key's holder.
     *
     * @param roles {@code decide ingest operate privacy author:<market> approve:<market>}, {@code *} for every market; throws
     *     {@link IllegalArgumentException} for others
     */
    static Caller of(String id, List<String> roles) {
        int mask = 0;
        for (String role : roles) {
            Role known = Role.ofId(role);
            if (known != null) {
                mask |= known.bit();
            } else if (!isOfMarket(role, AUTHOR) && !isOfMarket(role, APPROVE)) {
                throw new IllegalArgumentException("key " + id + ": there is no role " + role
                        + "; there are decide, ingest, operate, privacy, author:<market>, approve:<market>");
            }
        }
        return new Caller(id, mask);
    }

    /** The key's id, for logs. Not secret. */
    public String id() {
        return id;
    }

    public boolean has(Role role) {
        return (roles & role.bit()) != 0;
    }

    /** Throws a problem of type {@link ProblemType#FORBIDDEN} unless the caller has one of the roles. */
    public void require(Role... oneOf) {
        for (Role role : oneOf) {
            if (has(role)) {
                return;
            }
        }
        String needed = Arrays.stream(oneOf).map(Role::id).collect(Collectors.joining(" or "));
        throw new ProblemException(Problem.of(ProblemType.FORBIDDEN, "this takes the role " + needed));
    }

    private static boolean isOfMarket(String role, String prefix) {
        return role.length() > prefix.length() && role.startsWith(prefix);
    }
}
