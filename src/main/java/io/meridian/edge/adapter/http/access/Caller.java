package io.meridian.edge.adapter.http.access;

import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whoever calls, and what they may do. Immutable.
 *
 * <p>The roles {@code author:<scope>} and {@code approve:<scope>} open doors of the administration only. A scope is a market's id, {@code
 * global} or {@code locked}; {@code *} stands for each of them but {@code locked}.
 */
public final class Caller {
    private static final String AUTHOR = "author:";
    private static final String APPROVE = "approve:";

    /** Where no keys are set up: everybody may do everything. */
    static final Caller ANYBODY = new Caller("anybody", ~0, Set.of());

    private static final String EVERY = "*";
    private static final String LOCKED = "locked";

    private final String id;
    private final int roles;
    private final Set<String> releasing;

    private Caller(String id, int roles, Set<String> releasing) {
        this.id = id;
        this.roles = roles;
        this.releasing = Set.copyOf(releasing);
    }

    /**
     * A key's holder.
     *
     * @param roles {@code decide ingest operate privacy author:<market> approve:<market>}, {@code *} for every market; throws
     *     {@link IllegalArgumentException} for others
     */
    static Caller of(String id, List<String> roles) {
        int mask = 0;
        Set<String> releasing = new HashSet<>();
        for (String role : roles) {
            Role known = Role.ofId(role);
            if (known != null) {
                mask |= known.bit();
            } else if (isOfMarket(role, AUTHOR) || isOfMarket(role, APPROVE)) {
                releasing.add(role);
            } else {
                throw new IllegalArgumentException("key " + id + ": there is no role " + role
                        + "; there are decide, ingest, operate, privacy, author:<market>, approve:<market>");
            }
        }
        return new Caller(id, mask, releasing);
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

    /** True if it may bring or approve changes of something. */
    public boolean releases() {
        return has(Role.OPERATE) || !releasing.isEmpty();
    }

    /** True if it may bring or approve changes of a scope; whoever operates may of every one. */
    public boolean releases(String scope) {
        return has(Role.OPERATE)
                || releasing.contains(AUTHOR + scope)
                || releasing.contains(APPROVE + scope)
                || !scope.equals(LOCKED) && (releasing.contains(AUTHOR + EVERY) || releasing.contains(APPROVE + EVERY));
    }

    /** True if it may do something that is not administration. */
    boolean decidesOrWrites() {
        return has(Role.DECIDE) || has(Role.INGEST) || has(Role.PRIVACY);
    }

    private static boolean isOfMarket(String role, String prefix) {
        return role.length() > prefix.length() && role.startsWith(prefix);
    }
}
