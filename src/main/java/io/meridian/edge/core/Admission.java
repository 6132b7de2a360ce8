package io.meridian.edge.core;

import io.meridian.edge.core.bundle.Bundle;
import io.meridian.edge.core.bundle.Market;
import io.meridian.edge.core.bundle.PlacementPlan;
import io.meridian.edge.core.calendar.LocalMoment;
import io.meridian.edge.core.model.DecisionRequest;
import io.meridian.edge.core.model.Explain;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.PlacementRequest;
import io.meridian.edge.core.model.Refusal;
import io.meridian.edge.core.model.SubjectId;
import io.meridian.edge.core.profile.AttributeContract.Namespace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds a request against the bundle: its market, placements, ids and context must exist. */
final class Admission {
    private Admission() {}

    /** Fills the workspace with what is asked; returns why not, null if all is well. */
    static @Nullable Refusal admit(Workspace work, DecisionRequest request, Moment moment) {
        work.request = request;
        work.moment = moment;
        Bundle bundle = work.bundle;
        Market market =
                bundle.market(request.context().market(), request.context().country());
        if (market == null) {
            return new Refusal(Refusal.Kind.UNKNOWN_MARKET, "/context/market", "this region serves no such market");
        }
        work.market = market;
        String locale = request.context().locale();
        work.language = locale == null ? 0 : market.languages().find(locale);
        Refusal refusal = placements(work, request.placements());
        if (refusal == null) {
            refusal = subject(work, request.subjects());
        }
        if (refusal == null) {
            refusal = context(work, request.context());
        }
        if (refusal == null && request.options().explain() != Explain.NONE) {
            work.trace.start(work.placements, request.options().explain() == Explain.FULL);
        }
        return refusal;
    }

    private static @Nullable Refusal placements(Workspace work, List<PlacementRequest> placements) {
        for (int i = 0; i < placements.size(); i++) {
            PlacementRequest asked = placements.get(i);
            PlacementPlan plan = work.market().placements().get(asked.id());
            if (plan == null) {
                return new Refusal(
                        Refusal.Kind.UNKNOWN_PLACEMENT, "/placements/" + i + "/id", "there is no such placement");
            }
            work.plans[i] = plan;
            work.counts[i] = asked.count();
            work.placements = i + 1;
        }
        return null;
    }

    /** Of several ids the first by the contract's order of namespaces. */
    private static @Nullable Refusal subject(Workspace work, List<SubjectId> ids) {
        List<Namespace> namespaces = work.bundle.contract().namespaces();
        int best = namespaces.size();
        for (int i = 0; i < ids.size(); i++) {
            int order = indexOf(namespaces, ids.get(i).namespace());
            if (order < 0) {
                return new Refusal(
                        Refusal.Kind.UNKNOWN_NAMESPACE,
                        "/subject/ids/" + i + "/ns",
                        "there is no such namespace; there are " + names(namespaces));
            }
            if (order < best) {
                best = order;
                work.subject = ids.get(i);
                work.subjectOnDevice = namespaces.get(order).device();
            }
        }
        return null;
    }

    private static int indexOf(List<Namespace> namespaces, String name) {
        for (int i = 0; i < namespaces.size(); i++) {
            if (namespaces.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static String names(List<Namespace> namespaces) {
        return String.join(", ", namespaces.stream().map(Namespace::name).toList());
    }

    private static @Nullable Refusal context(Workspace work, DecisionRequest.Context context) {
        Bundle.ContextSlots slots = work.bundle.context();
        Facts facts = work.facts;
        for (int slot : work.contextSlots) {
            facts.setAbsent(slot);
        }
        set(facts, slots.market(), work.market().id());
        set(facts, slots.country(), context.country());
        set(facts, slots.subdivision(), context.subdivision());
        set(facts, slots.locale(), context.locale());
        set(facts, slots.channel(), context.channel());
        set(facts, slots.device(), context.device());
        if (slots.ofTheMoment()) {
            setMoment(facts, slots, work.market().calendar().at(work.now()));
        }
        for (Map.Entry<String, Object> sent : context.attributes().entrySet()) {
            Bundle.ContextAttributeSlot declared = slots.attributes().get(sent.getKey());
            if (declared == null) {
                return new Refusal(
                        Refusal.Kind.UNKNOWN_ATTRIBUTE,
                        "/context/attributes/" + escape(sent.getKey()),
                        "the attribute contract declares no such context attribute");
            }
            if (!ContextValues.fits(declared.attribute().type(), sent.getValue())) {
                return new Refusal(
                        Refusal.Kind.WRONG_TYPE,
                        "/context/attributes/" + escape(sent.getKey()),
                        "expected " + declared.attribute().type().celName());
            }
            if (declared.slot() >= 0) {
                ContextValues.set(facts, declared.slot(), declared.attribute().type(), sent.getValue());
            }
        }
        return null;
    }

    private static void setMoment(Facts facts, Bundle.ContextSlots slots, LocalMoment local) {
        set(facts, slots.dayPart(), local.dayPart());
        set(facts, slots.weekday(), local.weekday());
        set(facts, slots.holiday(), local.holiday());
        if (slots.hour() >= 0) {
            facts.setLong(slots.hour(), local.hour());
        }
    }

    private static void set(Facts facts, int slot, @Nullable String value) {
        if (slot >= 0 && value != null) {
            facts.setString(slot, value);
        }
    }

    /** RFC 6901. */
    private static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
