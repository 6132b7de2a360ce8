package io.meridian.edge.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.adapter.release.Archive;
import io.meridian.edge.adapter.release.ReleaseRefused;
import io.meridian.edge.adapter.state.DurableFile;
import io.meridian.edge.core.release.Act;
import io.meridian.edge.core.release.Refusal;
import io.meridian.edge.core.release.Refusal.Code;
import io.meridian.edge.core.release.Signature;
import io.meridian.edge.core.release.TrustPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a signature to an archive. */
abstract class SigningCommand extends ReleaseCommand {
    private static final TrustPolicy NOBODY = TrustPolicy.of(List.of());

    @Parameters(paramLabel = "<archive>", description = "The bundle, as meridian bundle wrote it.")
    private Path file = Path.of("");

    @Mixin
    private SigningKeyChoice key = new SigningKeyChoice();

    @Option(
            names = "--trust",
            paramLabel = "<trust.yaml>",
            description = "Look first whether this trust policy lists the key under that id.")
    private @Nullable Path trust;

    @Option(
            names = "--against",
            paramLabel = "<archive|dir>",
            description =
                    "Tell which files differ from this configuration, for example the one the bundle was made from.")
    private @Nullable String against;

    final int sign(Act act) throws IOException, ReleaseRefused {
        Archive archive = archive(file);
        TrustPolicy policy = trust(trust);
        SortedSet<String> changed = changed(archive);
        Archive signed;
        try {
            signed = archive.signed(key.id(), act, key.read());
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        Refusal refusal = refusal(signed, act, policy);
        if (refusal != null) {
            return refuse(List.of(refusal));
        }
        DurableFile.write(file.toAbsolutePath(), signed.write());
        say(text(signed, act, changed), json(signed, act, changed));
        return Commands.OK;
    }

    private @Nullable SortedSet<String> changed(Archive archive) throws IOException, ReleaseRefused {
        if (against == null) {
            return null;
        }
        try {
            SortedSet<String> changed = Baseline.of(against).changedPaths(archive.files());
            if (changed == null) {
                throw usage("a digest does not tell which files differ; give --against a folder or an archive");
            }
            return changed;
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    /** What an edge would hold against this signature, told before the archive is spoilt by it. */
    private @Nullable Refusal refusal(Archive signed, Act act, @Nullable TrustPolicy policy) {
        List<Signature> signatures = signed.signatures(Objects.requireNonNullElse(policy, NOBODY));
        for (Signature other : signatures) {
            if (other.act() != act && person(other.kid(), policy).equals(person(key.id(), policy))) {
                return new Refusal(
                        Code.AUTHOR_IS_APPROVER,
                        other.kid() + " signed it as " + other.act().word() + "; somebody else must "
                                + (act == Act.AUTHOR ? "sign as author" : "approve"));
            }
        }
        if (policy == null) {
            return null;
        }
        return switch (signatures.get(signatures.size() - 1).standing()) {
            case VERIFIED -> null;
            case UNKNOWN_SIGNER -> new Refusal(Code.UNKNOWN_SIGNER, trust + " has no key " + key.id());
            case WRONG ->
                new Refusal(Code.BAD_SIGNATURE, key.file() + " is not the key that " + trust + " lists as " + key.id());
        };
    }

    private static String person(String kid, @Nullable TrustPolicy policy) {
        TrustPolicy.Key listed = policy == null ? null : policy.key(kid);
        return listed == null ? kid : listed.person();
    }

    private String text(Archive archive, Act act, @Nullable SortedSet<String> changed) {
        StringBuilder text = new StringBuilder();
        text.append(act == Act.AUTHOR ? "signed " : "approved ")
                .append(file)
                .append(" as ")
                .append(key.id());
        text.append(": revision ").append(archive.manifest().revision());
        text.append("\n  digest  ").append(archive.digest());
        text.append("\n  base    ")
                .append(Objects.requireNonNullElse(archive.manifest().base(), Baseline.NONE));
        if (changed != null) {
            text.append("\n  differs from ").append(against).append(changed.isEmpty() ? " in nothing" : " in");
            changed.forEach(path -> text.append("\n    ").append(path));
        }
        return text.toString();
    }

    private ObjectNode json(Archive archive, Act act, @Nullable SortedSet<String> changed) {
        ObjectNode json = json();
        json.put("act", act.word())
                .put("kid", key.id())
                .put("revision", archive.manifest().revision());
        json.put("digest", archive.digest()).put("base", archive.manifest().base());
        if (changed != null) {
            changed.forEach(json.putArray("changed")::add);
        }
        return json;
    }
}
