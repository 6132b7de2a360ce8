package io.meridian.edge.core.bundle;

import io.meridian.edge.core.bundle.definition.BundleSource;
import io.meridian.edge.core.bundle.definition.BundleSource.SourceFile;
import java.util.LinkedHashSet;
import java.util.List;
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
     * Keys that are locked before or after and whose global value differs, one of them being gone included; and {@link #GUARDRAILS} if
     * their file differs at all. Sorted, except that {@link #GUARDRAILS} stands first.
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
        Set<String> keys = new TreeSet<>(old.byKey().keySet());
        keys.addAll(current.byKey().keySet());
        for (String key : keys) {
            boolean differs =
                    !Objects.equals(old.byKey().get(key), current.byKey().get(key));
            if (differs && (was.lock(key) != null || is.lock(key) != null)) {
                changed.add(key);
            }
        }
        return changed;
    }

    private static List<String> file(BundleSource source) {
        return source.files().stream()
                .filter(file -> file.path().equals(FILE))
                .map(SourceFile::sha256)
                .toList();
    }
}
