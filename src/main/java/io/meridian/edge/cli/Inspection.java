package io.meridian.edge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.adapter.config.BundleReader;
import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.core.release.Act;
import io.meridian.edge.core.release.Arrival;
import io.meridian.edge.core.release.Manifest;
import io.meridian.edge.core.release.Refusal;
import io.meridian.edge.core.release.ReleaseCheck;
import io.meridian.edge.core.release.Role;
import io.meridian.edge.core.release.Signature;
import io.meridian.edge.core.release.TrustPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What there is to say of a bundle, as text and as JSON. */
final class Inspection {
    /** The most paths told in one line. */
    private static final int FEW = 3;

    private static final TrustPolicy NOBODY = TrustPolicy.of(List.of());

    /**
     * A role the change needs.
     *
     * @param because paths and locked keys
     * @param by ids of keys whose signature counts for it; empty if it is missing
     */
    private record Need(Act act, String scope, List<String> because, List<String> by) {
        String role() {
            return Role.of(act, scope).toString();
        }
    }

    private final String name;
    private final Archive archive;
    private final @Nullable TrustPolicy trust;
    private final List<Signature> signatures;
    private final @Nullable SortedSet<String> changed;
    private final List<Need> needs = new ArrayList<>();
    private final boolean judged;
    private final List<Refusal> refusals;

    /**
     * Looks at an archive.
     *
     * @param trust null if it is not known whose signatures count
     * @param active what is active, with its files; null if that is not known
     */
    Inspection(String name, Archive archive, @Nullable TrustPolicy trust, @Nullable Baseline active, Instant now) {
        this.name = name;
        this.archive = archive;
        this.trust = trust;
        this.signatures = archive.signatures(Objects.requireNonNullElse(trust, NOBODY));
        this.changed = active == null ? null : active.changedPaths(archive.files());
        this.judged = trust != null && changed != null;
        if (active == null || changed == null) {
            this.refusals = trust == null ? List.of() : ReleaseCheck.broken(signatures);
            return;
        }
        Set<String> locks = active.changedLocks(archive.files());
        findNeeds(ReleaseCheck.scopes(changed, locks, active.content() == null));
        this.refusals = trust == null ? List.of() : verdict(active, changed, locks, trust, now);
    }

    private List<Refusal> verdict(
            Baseline active, SortedSet<String> changedPaths, Set<String> locks, TrustPolicy policy, Instant now) {
        ReleaseCheck.Result result = ReleaseCheck.check(new ReleaseCheck.Input(
                Arrival.PUSHED,
                archive.manifest(),
                BundleReader.read(archive.files()).revision(),
                signatures,
                policy,
                changedPaths,
                locks,
                active.content(),
                active.revision(),
                now));
        return result instanceof ReleaseCheck.Result.Refused refused ? refused.refusals() : List.of();
    }

    private void findNeeds(SortedMap<String, List<String>> scopes) {
        for (Act act : Act.values()) {
            scopes.forEach((scope, because) -> needs.add(new Need(act, scope, because, by(act, scope))));
        }
    }

    private List<String> by(Act act, String scope) {
        List<String> ids = new ArrayList<>();
        for (Signature signature : signatures) {
            TrustPolicy.Key key = trust == null ? null : trust.key(signature.kid());
            if (key != null && signature.verified() && signature.act() == act && key.may(act, scope)) {
                ids.add(key.id());
            }
        }
        return ids;
    }

    /** What speaks against it, as far as it could be looked at. */
    List<Refusal> refusals() {
        return refusals;
    }

    String text() {
        Manifest manifest = archive.manifest();
        StringBuilder text = new StringBuilder();
        text.append(name).append(": revision ").append(manifest.revision()).append(", ");
        text.append(manifest.files().size())
                .append(" files, ")
                .append(archive.write().length)
                .append(" bytes");
        text.append("\n  digest   ").append(archive.digest());
        text.append("\n  content  ").append(manifest.content());
        text.append("\n  base     ").append(Objects.requireNonNullElse(manifest.base(), Baseline.NONE));
        text.append("\n  valid    ").append(window(manifest));
        text.append("\nsignatures").append(signatures.isEmpty() ? ": none" : "");
        for (Signature signature : signatures) {
            row(text, signature.act().word(), who(signature.kid()), standing(signature));
        }
        if (changed != null) {
            text.append("\nchanges").append(changed.isEmpty() ? ": nothing" : "");
            changed.forEach(path -> text.append("\n  ").append(path));
            text.append("\nneeds").append(needs.isEmpty() ? " any author and any approver" : "");
            for (Need need : needs) {
                String by = need.by().isEmpty() ? (trust == null ? "" : "missing") : String.join(", ", need.by());
                row(text, need.role(), by, "for " + few(need.because()));
            }
        }
        return text.append('\n').append(conclusion()).toString();
    }

    private String conclusion() {
        if (!refusals.isEmpty()) {
            StringBuilder text = new StringBuilder("an edge would refuse it");
            refusals.forEach(refusal -> text.append("\n  ").append(refusal));
            return text.toString();
        }
        if (judged) {
            return "an edge would take it";
        }
        return trust == null
                ? "signatures were not verified: give --trust"
                : "what it needs depends on what is active: give --against";
    }

    ObjectNode json(ObjectNode root) {
        Manifest manifest = archive.manifest();
        root.put("revision", manifest.revision())
                .put("digest", archive.digest())
                .put("content", manifest.content());
        root.put("base", manifest.base());
        root.put(
                "notBefore",
                manifest.notBefore() == null ? null : manifest.notBefore().toString());
        root.put(
                "notAfter",
                manifest.notAfter() == null ? null : manifest.notAfter().toString());
        ArrayNode files = root.putArray("files");
        manifest.files()
                .forEach(file -> files.addObject()
                        .put("path", file.path())
                        .put("size", file.size())
                        .put("sha256", file.sha256()));
        ArrayNode signed = root.putArray("signatures");
        signatures.forEach(signature -> signed.addObject()
                .put("kid", signature.kid())
                .put("act", signature.act().word())
                .put("standing", standing(signature)));
        if (changed != null) {
            changed.forEach(root.putArray("changed")::add);
            ArrayNode list = root.putArray("needs");
            for (Need need : needs) {
                ObjectNode one = list.addObject().put("role", need.role());
                need.because().forEach(one.putArray("because")::add);
                need.by().forEach(one.putArray("by")::add);
            }
        }
        if (judged) {
            root.put("accepted", refusals.isEmpty());
        }
        ReleaseCommand.json(refusals, root);
        return root;
    }

    private String standing(Signature signature) {
        if (trust == null) {
            return "not verified";
        }
        return switch (signature.standing()) {
            case VERIFIED -> "verified";
            case UNKNOWN_SIGNER -> "unknown key";
            case WRONG -> "WRONG";
        };
    }

    private String who(String kid) {
        TrustPolicy.Key key = trust == null ? null : trust.key(kid);
        return key == null ? kid : key.withName();
    }

    private static String window(Manifest manifest) {
        if (manifest.notBefore() == null && manifest.notAfter() == null) {
            return "always";
        }
        String from = manifest.notBefore() == null ? "" : "from " + manifest.notBefore();
        String until = manifest.notAfter() == null ? "" : "until " + manifest.notAfter();
        return (from + " " + until).strip();
    }

    private static void row(StringBuilder text, String first, String second, String third) {
        text.append("\n  ").append(padded(first, 16)).append(padded(second, 24)).append(third);
    }

    private static String few(List<String> names) {
        int more = names.size() - FEW;
        return String.join(", ", names.subList(0, Math.min(FEW, names.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String padded(String word, int width) {
        return word + " ".repeat(Math.max(2, width - word.length()));
    }
}
