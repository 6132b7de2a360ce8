package io.meridian.edge.core.release;

import io.meridian.edge.core.release.Refusal.Code;
import io.meridian.edge.core.release.TrustPolicy.Key;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The part of {@link ReleaseCheck} that asks who signed: are they two, and may they? */
final class Signers {
    /** The most paths a sentence names. */
    private static final int TOLD = 3;

    private final ReleaseCheck.Input input;
    private final List<Key> authors;
    private final List<Key> approvers;
    private final List<Refusal> refusals = new ArrayList<>();

    Signers(ReleaseCheck.Input input) {
        this.input = input;
        this.authors = signers(Act.AUTHOR);
        this.approvers = signers(Act.APPROVE);
        checkTwoPeople();
        checkRoles(Act.AUTHOR, Code.MISSING_AUTHOR, "meridian sign");
        checkRoles(Act.APPROVE, Code.MISSING_APPROVAL, "meridian approve");
    }

    /** What speaks against them, as far as their signatures hold. */
    List<Refusal> refusals() {
        return refusals;
    }

    /** Ids of the keys of those who did so, as in the archive. */
    List<String> ids(Act act) {
        Set<String> ids = new LinkedHashSet<>();
        of(act).forEach(signer -> ids.add(signer.id()));
        return List.copyOf(ids);
    }

    /** True if they may author and approve every scope there is, in the bundle and in what it replaces, {@link Scopes#LOCKED} included. */
    boolean coverEverything() {
        Set<String> paths = new TreeSet<>(input.changedPaths());
        paths.addAll(input.manifest().digests().keySet());
        Set<String> scopes =
                ReleaseCheck.scopes(paths, input.changedLocks(), true).keySet();
        return scopes.stream().allMatch(scope -> anyMay(Act.AUTHOR, scope) && anyMay(Act.APPROVE, scope));
    }

    private List<Key> of(Act act) {
        return act == Act.AUTHOR ? authors : approvers;
    }

    private boolean anyMay(Act act, String scope) {
        return of(act).stream().anyMatch(signer -> signer.may(act, scope));
    }

    private List<Key> signers(Act act) {
        List<Key> signers = new ArrayList<>();
        for (Signature signature : input.signatures()) {
            Key key = input.trust().key(signature.kid());
            if (signature.act() == act && signature.verified() && key != null) {
                signers.add(key);
            }
        }
        return signers;
    }

    private void checkTwoPeople() {
        for (Key approver : approvers) {
            for (Key author : authors) {
                if (author.person().equals(approver.person())) {
                    String who = author.id().equals(approver.id())
                            ? author.id() + " signed as author and approved"
                            : author.id() + " and " + approver.id()
                                    + " are keys of one person, who signed as author and approved";
                    refuse(Code.AUTHOR_IS_APPROVER, who + "; somebody else must approve");
                }
            }
        }
    }

    private void checkRoles(Act act, Code missing, String command) {
        List<Key> signers = of(act);
        SortedMap<String, List<String>> scopes =
                ReleaseCheck.scopes(input.changedPaths(), input.changedLocks(), input.activeContent() == null);
        if (signers.isEmpty()) {
            String roles = scopes.keySet().stream()
                    .map(scope -> Role.of(act, scope).toString())
                    .collect(Collectors.joining(", "));
            String needed = roles.isEmpty() ? "any scope" : roles;
            String who = act == Act.AUTHOR ? "nobody signed as author" : "nobody approved";
            refuse(missing, who + "; it needs " + needed + " (" + command + ")");
            return;
        }
        if (scopes.isEmpty() && signers.stream().noneMatch(signer -> signer.mayAnywhere(act))) {
            refuse(Code.WRONG_ROLE, "none of " + told(signers) + " may " + act.word() + " anything");
        }
        scopes.forEach((scope, because) -> {
            if (!anyMay(act, scope)) {
                refuse(
                        scope.equals(Scopes.LOCKED) ? Code.LOCKED_KEY : Code.WRONG_ROLE,
                        told(because, "changes", "change") + ", which needs " + Role.of(act, scope) + "; "
                                + told(signers));
            }
        });
    }

    private static String told(List<Key> signers) {
        return signers.stream()
                .map(signer -> signer.id() + " has "
                        + new TreeSet<>(signer.roles().stream()
                                        .map(Role::toString)
                                        .toList())
                                .stream().collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    private static String told(List<String> names, String one, String several) {
        int more = names.size() - TOLD;
        String first = String.join(", ", names.subList(0, Math.min(TOLD, names.size())));
        return first + (more > 0 ? " and " + more + " more " : " ") + (names.size() == 1 ? one : several);
    }

    private void refuse(Code code, String detail) {
        refusals.add(new Refusal(code, detail));
    }
}
