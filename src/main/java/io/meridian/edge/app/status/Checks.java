package io.meridian.edge.app.status;

import io.meridian.edge.adapter.http.Deliveries;
import io.meridian.edge.core.bundle.ActiveBundle;
import io.meridian.edge.core.bundle.Bundle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Judges each part by what happened lately, and says where the runbook goes on.
 *
 * @param recent about the last ten seconds: how it is
 * @param minute about the last minute: how it was
 * @param minutes up to the last five
 */
record Checks(Window recent, Window minute, Window minutes) {
    /** Shares of decisions from which on it is told. */
    private static final double NOTICEABLE = 0.01;

    /** Of the memory or the handles a process may have. */
    private static final double NEARLY_ALL = 0.9;

    List<Check> all(ActiveBundle.@Nullable Activation activation, Deliveries.State state, String topology) {
        return List.of(
                serving(activation),
                bundle(activation, state),
                redis(topology),
                models(activation),
                load(),
                records(),
                process());
    }

    private Check serving(ActiveBundle.@Nullable Activation activation) {
        return new Check.Builder("decisions", "Decisions")
                .act(activation == null, "No bundle is active, so no decision can be made.", "MeridianNotReady")
                .watch(
                        minutes.rose("meridian.defects") > 0,
                        "Something failed that should not be able to; the log has its place in the code.",
                        "MeridianDefects")
                .fact("perSecond", minute.decisions() / minute.seconds())
                .fact("sinceStart", (Object) decisionsSinceStart())
                .fact("defects", (Object) minutes.rose("meridian.defects"))
                .fact("draining", (Object) (now("meridian.draining") > 0))
                .build();
    }

    private long decisionsSinceStart() {
        long sum = 0;
        for (long count : minute.to().times()[0]) {
            sum += count;
        }
        return sum;
    }

    private Check bundle(ActiveBundle.@Nullable Activation activation, Deliveries.State state) {
        Deliveries.Rejected rejected = state.rejected();
        Check.Builder check = new Check.Builder("bundle", "Bundle")
                .watch(
                        state.stale(),
                        "The source has said nothing for too long; what is active still decides.",
                        "MeridianBundleStale")
                .watch(
                        rejected != null,
                        "The last bundle offered was refused (" + (rejected == null ? "" : rejected.code())
                                + "); the one before it decides.",
                        "MeridianBundleRefused")
                .watch(
                        !state.damages().isEmpty(),
                        "The state folder was damaged when the process started.",
                        "MeridianStateDamaged")
                .watch(
                        minutes.rose("meridian.audit.failures") > 0,
                        "Audit events cannot be written.",
                        "MeridianAuditFailing");
        Bundle bundle = activation == null ? null : activation.bundle();
        return check.fact("revision", bundle == null ? null : (Object) bundle.revision())
                .fact("digest", bundle == null ? null : bundle.digest())
                .fact(
                        "since",
                        activation == null
                                ? null
                                : activation
                                        .since()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString())
                .fact("confirmedSecondsAgo", (Object) state.ageSeconds())
                .fact("stale", (Object) state.stale())
                .fact("signedBy", state.release() == null ? null : String.join(", ", state.authors()))
                .fact("approvedBy", state.release() == null ? null : String.join(", ", state.approvers()))
                .fact("fromKept", (Object) state.fromKept())
                .fact("lastRefused", rejected == null ? null : rejected.code())
                .fact(
                        "lastRefusedAt",
                        rejected == null
                                ? null
                                : rejected.time()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString())
                .fact("damages", (Object) (long) state.damages().size())
                .build();
    }

    private Check redis(String topology) {
        boolean unmarked = now("meridian.redis.unmarked") > 0;
        boolean ready = now("meridian.redis.ready") > 0;
        double refusing = now("meridian.redis.breaker.open");
        boolean away = now("meridian.redis.ready") == 0 || refusing >= 1;
        long late = recent.rose("meridian.degraded/profile_timeout");
        long malformed = minutes.rose("meridian.degraded/profile_malformed");
        return new Check.Builder("redis", "Redis")
                .act(
                        unmarked,
                        "Redis does not carry this region's mark, so opt-outs may be missing: nothing is personalised.",
                        "MeridianRegionUnmarked")
                .act(
                        away && !unmarked,
                        "Redis cannot be asked, or not by every connection: decisions do without profiles.",
                        "MeridianRedisUnreachable")
                .watch(
                        refusing > 0 && !away && !unmarked,
                        percent(refusing) + " of the connections have given up on Redis for now.",
                        "MeridianRedisBreakerOpen")
                .watch(
                        recent.share(late) > NOTICEABLE,
                        percent(recent.share(late)) + " of decisions did not get their profile in time.",
                        "MeridianReadDegraded")
                .watch(malformed > 0, malformed + " profiles could not be understood.", "MeridianReadDegraded")
                .fact("topology", topology)
                .fact("ready", flag(now("meridian.redis.ready")))
                .fact("breakerOpenShare", refusing)
                .fact("marked", ready || unmarked ? (Object) !unmarked : null)
                .fact("commandsPerSecond", minute.rose("meridian.redis.commands") / minute.seconds())
                .fact("timeouts", (Object) minutes.rose("meridian.redis.troubles/timeout"))
                .fact("errors", (Object) minutes.rose("meridian.redis.troubles/error"))
                .fact("connectionsMade", (Object) minutes.rose("meridian.redis.connections/made"))
                .fact("connectionsLost", (Object) minutes.rose("meridian.redis.connections/lost"))
                .fact("connectionsFailed", (Object) minutes.rose("meridian.redis.connections/failed"))
                .build();
    }

    private Check models(ActiveBundle.@Nullable Activation activation) {
        long failed = recent.rose("meridian.degraded/model_failed");
        long skipped = recent.rose("meridian.degraded/model_skipped");
        return new Check.Builder("models", "Models")
                .act(
                        recent.share(failed) > NOTICEABLE,
                        percent(recent.share(failed)) + " of decisions had a model that failed.",
                        "MeridianModelsDegraded")
                .watch(
                        recent.share(skipped) > NOTICEABLE,
                        percent(recent.share(skipped)) + " of decisions had no time left for the model.",
                        "MeridianModelsDegraded")
                .fact("loaded", activation == null ? null : String.join(", ", names(activation.bundle())))
                .fact("failed", (Object) minutes.rose("meridian.degraded/model_failed"))
                .fact("skipped", (Object) minutes.rose("meridian.degraded/model_skipped"))
                .fact("notConfident", (Object) minutes.rose("meridian.degraded/model_not_confident"))
                .build();
    }

    private static List<String> names(Bundle bundle) {
        List<String> names = new ArrayList<>();
        bundle.subjectModels().forEach(model -> names.add(model.name() + "/" + model.version()));
        bundle.candidateModels().forEach(model -> names.add(model.name() + "/" + model.version()));
        return names;
    }

    private Check load() {
        long shed = recent.roseInAll("meridian.shed");
        double refused = shed == 0 ? 0 : shed / (double) (shed + recent.decisions());
        double missed = recent.share(recent.rose("meridian.deadline/missed"));
        return new Check.Builder("load", "Load")
                .watch(
                        refused > NOTICEABLE,
                        percent(refused) + " of calls were turned away (429): there are more than this process takes.",
                        "MeridianShedding")
                .watch(
                        missed > NOTICEABLE,
                        percent(missed) + " of decisions came after their caller's deadline.",
                        "MeridianDeadlinesMissed")
                .whole("concurrencyLimit", now("meridian.concurrency.limit"))
                .whole("inFlight", now("meridian.concurrency.inflight"))
                .fact("shed", (Object) minutes.roseInAll("meridian.shed"))
                .fact("deadlinesMissed", (Object) minutes.rose("meridian.deadline/missed"))
                .build();
    }

    private Check records() {
        long dropped = minutes.rose("meridian.decision.records/dropped");
        return new Check.Builder("records", "Decision records")
                .act(
                        recent.rose("meridian.decision.records/dropped") > 0,
                        "Decision records are being dropped: they cannot be written fast enough, or not at all.",
                        "MeridianRecordsDropped")
                .whole("waiting", now("meridian.decision.records.waiting"))
                .fact("writtenPerSecond", minute.rose("meridian.decision.records/written") / minute.seconds())
                .fact("dropped", (Object) dropped)
                .build();
    }

    private Check process() {
        double resident = now("meridian.memory.resident");
        double limit = now("meridian.memory.limit");
        double files = now("meridian.files.open");
        double mostFiles = now("meridian.files.limit");
        return new Check.Builder("process", "Process")
                .watch(
                        resident > limit * NEARLY_ALL,
                        percent(resident / limit) + " of the memory it may have is in use.",
                        "MeridianMemoryNearLimit")
                .watch(
                        files > mostFiles * NEARLY_ALL,
                        percent(files / mostFiles) + " of the file handles it may have are open.",
                        "MeridianFilesNearLimit")
                .whole("residentBytes", resident)
                .whole("memoryLimitBytes", limit)
                .whole("openFiles", files)
                .whole("fileLimit", mostFiles)
                .build();
    }

    private double now(String name) {
        return recent.to().value(name);
    }

    private static @Nullable Object flag(double value) {
        return Double.isNaN(value) ? null : (Object) (value > 0);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", share * 100);
    }
}
