package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Exposures;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.AttributeContract.Attribute;
import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.core.profile.ProfileStore;
import io.meridian.edge.core.profile.ReadPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One visitor at a time, without a Redis: for trying out rules. What it gives is encoded and decoded as it would be for Redis, and
 * given by the same rules: never a class the plan does not name, nor one that the stored consent does not open where the plan
 * asks it, nor anything but the tombstone after an erasure.
 *
 * <p>A read ends when {@link #answer()} is called. Confined to one thread.
 */
public final class MemoryProfileStore implements ProfileStore {
    /** Something was shown to the visitor. */
    public record Impression(String offer, String placement, int epochSecond) {}

    /** Who all have no stored consent agree to and refuse. */
    private static final StoredConsent NOTHING_SAID = new StoredConsent(0, 0, 0, 0, false);

    private final AttributeContract contract;
    private final ProfileEncoder encoder;
    private final ProfileDecoder decoder = new ProfileDecoder();
    private final ValueWriter writer = new ValueWriter(ProfileEncoder.USUAL_BYTES);
    private final Map<String, Object> values = new HashMap<>();
    private @Nullable StoredConsent consent;
    private List<Impression> impressions = List.of();
    private @Nullable Profile read;
    private @Nullable Listener listener;

    public MemoryProfileStore(AttributeContract contract) {
        this.contract = contract;
        this.encoder = new ProfileEncoder(contract);
    }

    /**
     * Puts a visitor in the place of the one before.
     *
     * @param values {@code Boolean Long Double String List<String>} by attribute name; what the contract does not have, or has otherwise,
     *     is not stored
     * @param consent null if none is stored
     * @param impressions oldest first; past the limits of {@link Exposures} the oldest are forgotten
     */
    public void hold(Map<String, Object> values, @Nullable StoredConsent consent, List<Impression> impressions) {
        this.values.clear();
        values.forEach((name, value) -> {
            Attribute attribute = contract.find(name);
            if (attribute != null && ProfileValues.fits(attribute, value)) {
                this.values.put(name, value);
            }
        });
        this.consent = consent;
        this.impressions = impressions;
    }

    @Override
    public void read(ReadPlan plan, Profile into, int timeoutMillis, Listener listener) {
        boolean understood = decoder.read(new Held(plan), plan, into);
        if (!understood) {
            ProfileDecoder.forget(plan.classes(), plan.layout(), into);
        }
        into.end(understood ? Profile.Status.OK : Profile.Status.MALFORMED);
        this.read = into;
        this.listener = listener;
    }

    /** Tells whoever started a read that it has ended; does nothing if nobody did. */
    public void answer() {
        Listener told = listener;
        Profile profile = read;
        listener = null;
        read = null;
        if (told != null && profile != null) {
            told.readEnded(profile);
        }
    }

    /** The visitor's values as an answer to a plan. */
    private final class Held implements ReadAnswer {
        private final ReadPlan plan;
        private final DataClass[] classes;

        Held(ReadPlan plan) {
            this.plan = plan;
            this.classes = new DataClass[Integer.bitCount(plan.classes())];
            int at = 0;
            for (int i = 0; i < DataClass.count(); i++) {
                if (DataClass.at(i).in(plan.classes())) {
                    classes[at++] = DataClass.at(i);
                }
            }
        }

        @Override
        public byte @Nullable [] at(int index) {
            if (index == 0) {
                return consent == null ? null : ConsentCodec.encode(consent, 0);
            }
            DataClass dataClass = classes[index - 1];
            byte[] encoded = dataClass == DataClass.EXPOSURE ? exposures() : encoder.encode(dataClass, values);
            return encoded.length == 0 ? null : encoded;
        }

        /** As the script in Redis has it. */
        @Override
        public boolean isClosed(int index) {
            DataClass dataClass = classes[index - 1];
            if (!plan.asksStoredConsent() || !dataClass.in(plan.silent())) {
                return false;
            }
            StoredConsent said = consent == null ? NOTHING_SAID : consent;
            int c = dataClass.ordinal();
            int some = (said.given() & plan.ifGiven()[c])
                    | (said.explicit() & plan.ifExplicit()[c])
                    | plan.unlessRefused()[c];
            return (some & ~said.refused()) == 0;
        }
    }

    private byte[] exposures() {
        Map<List<String>, List<Impression>> entries = new LinkedHashMap<>();
        for (Impression impression : impressions) {
            entries.computeIfAbsent(List.of(impression.offer(), impression.placement()), key -> new ArrayList<>())
                    .add(impression);
        }
        if (entries.isEmpty()) {
            return new byte[0];
        }
        writer.reset();
        writer.arrayHeader(Math.min(entries.size(), Exposures.MAX_ENTRIES));
        entries.values().stream()
                .skip(Math.max(0, entries.size() - Exposures.MAX_ENTRIES))
                .forEach(this::entry);
        return writer.toBytes();
    }

    private void entry(List<Impression> times) {
        List<Impression> latest = times.subList(Math.max(0, times.size() - Exposures.MAX_TIMES), times.size());
        writer.arrayHeader(3);
        writer.value(latest.get(0).offer());
        writer.value(latest.get(0).placement());
        writer.arrayHeader(latest.size());
        latest.forEach(impression -> writer.whole(impression.epochSecond()));
    }
}
