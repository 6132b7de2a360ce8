package io.meridian.edge.testing;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.core.profile.ProfileStore;
import io.meridian.edge.core.profile.ReadPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A profile store in memory, with one subject. It gives what the plan asks for and the stored consent leaves open, nothing else. */
public final class FakeProfileStore implements ProfileStore {
    /** An impression: offer, placement, epoch second. */
    public record Impression(String offer, String placement, int at) {}

    public Map<String, Object> attributes = Map.of();
    public List<Impression> impressions = List.of();
    public @Nullable StoredConsent stored;
    public Profile.Status status = Profile.Status.OK;
    public final List<ReadPlan> reads = new ArrayList<>();

    @Override
    public void read(ReadPlan plan, Profile into, int timeoutMillis, Listener listener) {
        reads.add(plan);
        into.end(status);
        if (status == Profile.Status.OK) {
            if (stored != null) {
                into.storedConsent(stored);
            }
            for (int c = 0; c < DataClass.count(); c++) {
                DataClass dataClass = DataClass.at(c);
                if (dataClass.in(plan.classes()) && (!plan.asksStoredConsent() || opens(plan, c))) {
                    give(dataClass, plan, into);
                }
            }
        }
        listener.readEnded(into);
    }

    private boolean opens(ReadPlan plan, int dataClass) {
        int given = stored == null ? 0 : stored.given();
        int explicit = stored == null ? 0 : stored.explicit();
        int refused = stored == null ? 0 : stored.refused();
        int open = (plan.ifGiven()[dataClass] & given)
                | (plan.ifExplicit()[dataClass] & explicit)
                | plan.unlessRefused()[dataClass];
        return (open & ~refused) != 0;
    }

    private void give(DataClass dataClass, ReadPlan plan, Profile into) {
        if (dataClass == DataClass.EXPOSURE) {
            into.exposures().markKnown();
            for (Impression impression : impressions) {
                into.exposures().addEntry(impression.offer(), impression.placement());
                into.exposures().addTime(impression.at());
            }
            return;
        }
        Facts facts = into.facts();
        for (int slot : plan.layout().usedSlots()) {
            FactLayout.Slot named = facts.layout().slot(slot);
            if (named.dataClass() == dataClass) {
                Object value = attributes.get(named.name().substring("profile.".length()));
                if (value == null) {
                    facts.setAbsent(slot);
                } else {
                    into.addFound(dataClass.bit());
                    set(facts, slot, value);
                }
            }
        }
    }

    private static void set(Facts facts, int slot, Object value) {
        if (value instanceof Boolean bool) {
            facts.setBool(slot, bool);
        } else if (value instanceof Integer number) {
            facts.setLong(slot, number);
        } else if (value instanceof Double number) {
            facts.setDouble(slot, number);
        } else if (value instanceof String[] strings) {
            facts.setStrings(slot, strings);
        } else {
            facts.setString(slot, (String) value);
        }
    }
}
