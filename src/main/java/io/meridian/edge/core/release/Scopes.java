package io.meridian.edge.core.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a configuration belongs to whom. A scope is a market's id, {@link #GLOBAL} or {@link #LOCKED}; roles may also name
 * {@link #ALL}, which stands for every scope but {@link #LOCKED}.
 */
public final class Scopes {
    /** Everything that is no market's: {@code global/}, {@code regions/}, and files that nobody else answers for. */
    public static final String GLOBAL = "global";

    /** Keys that central locked, and the guardrails themselves. */
    public static final String LOCKED = "locked";

    /** In a role: every scope but {@link #LOCKED}. */
    public static final String ALL = "*";

    private static final String HEAD = "bundle.yaml";
    private static final String GUARDRAILS = "global/guardrails.yaml";
    private static final String MARKETS = "markets/";

    /** Words of ours between {@code author:} and the end of a role: a market of that name would have central's roles. */
    private static final Set<String> RESERVED = Set.of(GLOBAL, LOCKED);

    private Scopes() {}

    /** True if no market can be called so. */
    public static boolean isReserved(String market) {
        return RESERVED.contains(market);
    }

    /** Paths of files that were added, removed or changed, sorted. Both maps: SHA-256 by path. */
    public static SortedSet<String> changedPaths(Map<String, String> before, Map<String, String> after) {
        SortedSet<String> changed = new TreeSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(path -> Objects.equals(before.get(path), after.get(path)));
        return changed;
    }

    /** The scope of a file; null for {@code bundle.yaml}, which every change changes. */
    public static @Nullable String of(String path) {
        if (path.equals(HEAD)) {
            return null;
        }
        int slash = path.indexOf('/', MARKETS.length());
        String folder = path.startsWith(MARKETS) && slash > 0 ? path.substring(MARKETS.length(), slash) : GLOBAL;
        return isReserved(folder) ? GLOBAL : folder;
    }

    /**
     * The scopes a change touches, each with what touches it (paths, names of locked keys).
     *
     * @param changedPaths as {@link #changedPaths} gives
     * @param changedLocks names of locked keys whose value or lock changes
     */
    public static SortedMap<String, List<String>> touched(Set<String> changedPaths, Set<String> changedLocks) {
        SortedMap<String, List<String>> touched = new TreeMap<>();
        for (String path : new TreeSet<>(changedPaths)) {
            String scope = of(path);
            if (scope != null) {
                touched.computeIfAbsent(scope, none -> new ArrayList<>()).add(path);
            }
        }
        Set<String> locked = new TreeSet<>(changedLocks);
        if (changedPaths.contains(GUARDRAILS)) {
            locked.add(GUARDRAILS);
        }
        if (!locked.isEmpty()) {
            touched.computeIfAbsent(LOCKED, none -> new ArrayList<>()).addAll(locked);
        }
        return touched;
    }
}
