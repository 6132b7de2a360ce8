package io.meridian.edge.adapter.cel;

import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The dotted names of a layout as a tree: {@code context} has {@code attributes} has {@code page} has {@code category}. */
final class NameTree {
    /** One part of a name: a group of further parts, or a fact. */
    static final class Group {
        final String path;
        /** The fact of this name, -1 for a group. */
        final int slot;

        final Map<String, Group> members = new TreeMap<>();

        private Group(String path, int slot) {
            this.path = path;
            this.slot = slot;
        }

        boolean isFact() {
            return slot >= 0;
        }
    }

    private final Group root = new Group("", -1);
    private final List<String> names = new ArrayList<>();

    NameTree(FactLayout layout) {
        for (int slot = 0; slot < layout.size(); slot++) {
            add(layout.slot(slot).name(), slot);
        }
    }

    /** The first parts of all names. */
    Collection<Group> roots() {
        return root.members.values();
    }

    /** The group or fact of that dotted name, null if there is none. */
    @Nullable
    Group find(String name) {
        Group at = root;
        for (String part : name.split("\\.", -1)) {
            Group next = at.members.get(part);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    /** The full names that were perhaps meant; the most likely first, at most three. */
    List<String> likely(String name) {
        String lastPart = name.substring(name.lastIndexOf('.') + 1);
        List<String> sameEnd = names.stream()
                .filter(candidate -> candidate.endsWith("." + lastPart))
                .limit(3)
                .toList();
        return sameEnd.isEmpty() ? Nearest.likely(name, names) : sameEnd;
    }

    private void add(String name, int slot) {
        String[] parts = name.split("\\.", -1);
        Group at = root;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            String path = at.path.isEmpty() ? parts[i] : at.path + "." + parts[i];
            Group next = at.members.get(parts[i]);
            if (next == null) {
                next = new Group(path, last ? slot : -1);
                at.members.put(parts[i], next);
            } else if (last || next.isFact()) {
                throw new IllegalArgumentException(path + " is both a value and a group of values");
            }
            at = next;
        }
        names.add(name);
    }
}
