package io.meridian.load.traffic;

import io.meridian.load.traffic.Call.Visitor;
import io.meridian.load.traffic.Subjects.Subject;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * An endless sequence of calls, drawn from the mix: the same seed gives the same sequence, but for what depends on earlier answers (entity
 * tags, tokens).
 */
public final class Visitors implements Iterator<Map<String, Object>> {
    /** Under what name a session holds its call. */
    public static final String CALL = "call";

    /** Ids that only these tests write to, so that they leave everybody's consent as it is. */
    private static final int WRITTEN = 1000;

    private final Mix mix;
    private final List<Subject> subjects;
    private final Memory memory;
    private final SplittableRandom random;
    private final TcStrings consent = new TcStrings(Instant.now());
    private final Bodies bodies;
    private long number;

    Visitors(Mix mix, List<Subject> subjects, Memory memory, long seed) {
        this.mix = mix;
        this.subjects = subjects;
        this.memory = memory;
        this.random = new SplittableRandom(seed);
        this.bodies = new Bodies(mix, random);
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    /** May be called by several threads. */
    @Override
    public synchronized Map<String, Object> next() {
        number++;
        return Map.of(CALL, call(mix.kinds.from(random)));
    }

    /** A call of a given kind. */
    synchronized Call call(Kind kind) {
        return switch (kind) {
            case DECIDE_CONSENTED, DECIDE_SILENT, DECIDE_DENIED, DECIDE_ANONYMOUS, DECIDE_MISROUTED, DECIDE_UNKNOWN ->
                decide(kind);
            case EDGE_SHARED, EDGE_KNOWN -> edge(kind);
            case OFREP_FLAG, OFREP_FLAGS -> ofrep(kind);
            case EVENTS -> events();
            case PROFILE, CONSENT -> write(kind);
        };
    }

    private Call decide(Kind kind) {
        Visitor visitor = visitor(kind);
        List<Mix.Asked> asked = asked(visitor);
        String body = bodies.decide(visitor, asked, kind == Kind.DECIDE_MISROUTED ? mix.elsewhere : "");
        return new Call(kind, "/v1/decide", body, visitor, "", placements(asked));
    }

    private Call edge(Kind kind) {
        Visitor visitor = visitor(kind);
        Mix.Asked asked = asked(visitor).get(0);
        String path = "/v1/decide/" + asked.placement() + "?channel=" + visitor.channel() + "&count=" + asked.count()
                + (random.nextInt(2) == 0 ? "" : "&attr.page.category=" + bodies.category());
        String tag = kind == Kind.EDGE_SHARED ? memory.tag(question(path, visitor)) : "";
        return new Call(kind, path, "", visitor, tag, List.of(asked.placement()));
    }

    /** What an answer for nobody in particular may differ by. */
    private static String question(String path, Visitor visitor) {
        return path + ' ' + visitor.country() + ' ' + visitor.device() + ' ' + visitor.language();
    }

    static String question(Call call) {
        return call.path + ' ' + call.country + ' ' + call.device + ' ' + call.language;
    }

    private Call ofrep(Kind kind) {
        Visitor visitor = visitor(kind);
        Mix.Asked asked = asked(visitor).get(0);
        String path = "/ofrep/v1/evaluate/flags" + (kind == Kind.OFREP_FLAG ? "/" + asked.placement() : "");
        return new Call(kind, path, bodies.evaluation(visitor), visitor, "", List.of(asked.placement()));
    }

    /** Impressions of what earlier calls were given; as long as there were none, one of those calls. */
    private Call events() {
        StringBuilder body = new StringBuilder("[");
        int events = 0;
        for (Memory.Shown shown; events < mix.batch && (shown = memory.next()) != null; events++) {
            bodies.event(body, shown, events == 0);
        }
        return events == 0
                ? decide(Kind.DECIDE_CONSENTED)
                : new Call(Kind.EVENTS, "/v1/events", body.append(']').toString(), nobody(), "", List.of());
    }

    private Call write(Kind kind) {
        Visitor someone = visitor(Kind.DECIDE_CONSENTED);
        String subject = "w-" + (1 + random.nextInt(WRITTEN));
        return kind == Kind.PROFILE
                ? new Call(
                        kind,
                        "/v1/profiles/" + mix.namespace + '/' + subject,
                        bodies.profile(someone),
                        someone,
                        "",
                        List.of())
                : new Call(
                        kind,
                        "/v1/subjects/" + mix.namespace + '/' + subject + "/consent",
                        bodies.consent(someone),
                        someone,
                        "",
                        List.of());
    }

    private Visitor visitor(Kind kind) {
        Subject customer = customer();
        String subject = switch (kind) {
            case DECIDE_ANONYMOUS, EDGE_SHARED, EVENTS -> "";
            case DECIDE_UNKNOWN -> "x-" + number;
            default -> customer.id();
        };
        String tcf = switch (kind) {
            case DECIDE_SILENT, DECIDE_ANONYMOUS, EDGE_SHARED, EVENTS -> "";
            case DECIDE_DENIED -> consent.nothingPersonal;
            default -> consent.all;
        };
        String drawn = mix.countries.from(random);
        String country = subject.equals(customer.id()) && !customer.country().isEmpty() ? customer.country() : drawn;
        return new Visitor(
                subject,
                country,
                mix.devices.from(random),
                mix.languages.getOrDefault(country, "en"),
                mix.channels.from(random),
                tcf);
    }

    private static Visitor nobody() {
        return new Visitor("", "", "", "", "", "");
    }

    private Subject customer() {
        boolean regular = random.nextInt(mix.repeat) == 0;
        return subjects.get(random.nextInt(regular ? Math.min(mix.regulars, subjects.size()) : subjects.size()));
    }

    private List<Mix.Asked> asked(Visitor visitor) {
        List<List<Mix.Asked>> sets = mix.placements.get(visitor.channel());
        if (sets == null) {
            throw new Refused("the mix has no placements for channel " + visitor.channel());
        }
        return sets.get(random.nextInt(sets.size()));
    }

    private static List<String> placements(List<Mix.Asked> asked) {
        return asked.stream().map(Mix.Asked::placement).toList();
    }
}
