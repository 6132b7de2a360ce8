package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.BundleSource.SourceFile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Which of the locked keys a change of the configuration touches: such a change needs other approvals than any other. */
public final class LockedKeys {
    /** Stands for the guardrails themselves. */
    public static final String GUARDRAILS = "guardrails";

    private static final String FILE = "global/guardrails.yaml";

    private LockedKeys() {}

    /**
     * Keys that are locked before or after and whose value differs, one of them being gone included. Of an offer, placement or cap any
     * of whose keys is locked everything else counts too, as {@code offers.<id>}: its schedule or a new suppression silences it as well
     * as its {@code when}. And {@link #GUARDRAILS} if their file differs at all. Sorted, except that {@link #GUARDRAILS} stands first.
     */
    public static Set<String> changed(BundleSource before, BundleSource after) {
        Set<String> changed = new LinkedHashSet<>();
        if (!file(before).equals(file(after))) {
            changed.add(GUARDRAILS);
        }
        Guardrails was = new Guardrails(before.guardrails());
        Guardrails is = new Guardrails(after.guardrails());
        GlobalValues old = new GlobalValues(before);
        GlobalValues current = new GlobalValues(after);
        Set<String> locked = new TreeSet<>(old.byKey().keySet());
        locked.addAll(current.byKey().keySet());
        locked.removeIf(key -> was.lock(key) == null && is.lock(key) == null);
        Set<String> differing = differing(old.byKey(), current.byKey());
        differing.retainAll(locked);
        Set<String> rest = differing(Definitions.rest(before), Definitions.rest(after));
        rest.removeIf(whole -> locked.stream().noneMatch(key -> key.startsWith(whole + ".")));
        differing.addAll(rest);
        changed.addAll(differing);
        return changed;
    }

    private static Set<String> differing(Map<String, String> before, Map<String, String> after) {
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        return keys;
    }

    private static List<String> file(BundleSource source) {
        return source.files().stream()
                .filter(file -> file.path().equals(FILE))
                .map(SourceFile::sha256)
                .toList();
    }
}
