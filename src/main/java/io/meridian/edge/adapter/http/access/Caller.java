package io.meridian.edge.adapter.http.access;

import io.meridian.edge.adapter.http.wire.Problem;
import io.meridian.edge.adapter.http.wire.ProblemException;
import io.meridian.edge.adapter.http.wire.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whoever calls, and what they may do. Immutable. */
public final class Caller {
    /** Every market, in {@code author:*} and {@code approve:*}. */
    static final String ALL_MARKETS = "*";

    private static final String AUTHOR = "author:";
    private static final String APPROVE = "approve:";

    /** Where no keys are set up: everybody may do everything. */
    static final Caller ANYBODY = new Caller("anybody", ~0, Set.of(ALL_MARKETS), Set.of(ALL_MARKETS));

    private final String id;
    private final int roles;
    private final Set<String> authors;
    private final Set<String> approves;

    private Caller(String id, int roles, Set<String> authors, Set<String> approves) {
        this.id = id;
        this.roles = roles;
        this.authors = authors;
        this.approves = approves;
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
            } else if (market(role, AUTHOR) == null && market(role, APPROVE) == null) {
                throw new IllegalArgumentException("key " + id + ": there is no role " + role
                        + "; there are decide, ingest, operate, privacy, author:<market>, approve:<market>");
            }
        }
        return new Caller(id, mask, markets(roles, AUTHOR), markets(roles, APPROVE));
    }

    /** The key's id, for logs. Not secret. */
    public String id() {
        return id;
    }

    public boolean has(Role role) {
        return (roles & role.bit()) != 0;
    }

    public boolean mayAuthor(String market) {
        return authors.contains(ALL_MARKETS) || authors.contains(market);
    }

    public boolean mayApprove(String market) {
        return approves.contains(ALL_MARKETS) || approves.contains(market);
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

    private static Set<String> markets(List<String> roles, String prefix) {
        return roles.stream()
                .filter(role -> market(role, prefix) != null)
                .map(role -> role.substring(prefix.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable String market(String role, String prefix) {
        return role.length() > prefix.length() && role.startsWith(prefix) ? role.substring(prefix.length()) : null;
    }
}
