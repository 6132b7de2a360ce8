package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Exposures;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.StoredConsent;
import io.meridian.edge.core.model.ValueType;
import io.meridian.edge.core.profile.Profile;
import io.meridian.edge.core.profile.ProfileLayout;
import io.meridian.edge.core.profile.ReadPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.core.buffer.ArrayBufferInput;

/**
 * Turns stored values into facts. One per event loop: what it needs is reused from read to read.
 *
 * <p>Stored bytes are not trusted: no length read from them is allocated before it was held against a bound.
 */
final class ProfileDecoder {
    /** The version in front of every profile value. */
    static final int FORMAT_VERSION = 1;

    /** Offer and placement names remembered per event loop; past it a name is allocated anew for each read. */
    private static final int MAX_NAMES = 2048;

    private final ArrayBufferInput input = new ArrayBufferInput(new byte[0]);
    private final MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(input);
    private final byte[] text = new byte[ProfileValues.MAX_STRING_BYTES];
    private final StringTable names = new StringTable(List.of(), MAX_NAMES);
    private @Nullable ProfileLayout layoutOfStrings;
    private StringTable strings = new StringTable(List.of(), 0);

    /** Decodes all that a read brought; false if some of it cannot be understood, with the profile half written. */
    boolean read(ReadAnswer answer, ReadPlan plan, Profile into) {
        byte[] rawConsent = answer.at(0);
        if (rawConsent != null) {
            StoredConsent consent = consent(rawConsent);
            if (consent == null) {
                return false;
            }
            into.storedConsent(consent);
            if (consent.erased()) {
                return true;
            }
        }
        int at = 1;
        for (int i = 0; i < DataClass.count(); i++) {
            DataClass dataClass = DataClass.at(i);
            if (dataClass.in(plan.classes()) && !read(answer, at++, dataClass, plan, into)) {
                return false;
            }
        }
        return true;
    }

    private boolean read(ReadAnswer answer, int at, DataClass dataClass, ReadPlan plan, Profile into) {
        if (answer.isClosed(at)) {
            return true;
        }
        byte[] raw = answer.at(at);
        if (raw == null) {
            absent(dataClass, plan.layout(), into);
            return true;
        }
        if (!dataClass(raw, dataClass, plan.layout(), into)) {
            return false;
        }
        into.addFound(dataClass.bit());
        return true;
    }

    /** The stored consent in these bytes, null if they are no consent record. */
    @Nullable
    StoredConsent consent(byte[] raw) {
        try {
            start(raw);
            return ConsentCodec.decode(unpacker);
        } catch (IOException | MessagePackException e) {
            return null;
        }
    }

    /** Decodes one class; false if the bytes cannot be understood, with facts half written. */
    boolean dataClass(byte[] raw, DataClass dataClass, ProfileLayout layout, Profile into) {
        try {
            start(raw);
            if (dataClass == DataClass.EXPOSURE) {
                exposures(into.exposures());
            } else {
                values(dataClass, layout, into.facts());
            }
            return true;
        } catch (IOException | MessagePackException e) {
            return false;
        }
    }

    /** A class that was read and has no value. */
    static void absent(DataClass dataClass, ProfileLayout layout, Profile into) {
        if (dataClass == DataClass.EXPOSURE) {
            into.exposures().markKnown();
            return;
        }
        for (int slot : layout.slots(dataClass)) {
            if (slot >= 0) {
                into.facts().setAbsent(slot);
            }
        }
    }

    /** Takes back whatever was written of these classes. */
    static void forget(int classes, ProfileLayout layout, Profile into) {
        into.clear();
        for (int i = 0; i < DataClass.count(); i++) {
            DataClass dataClass = DataClass.at(i);
            if (dataClass.in(classes)) {
                for (int slot : layout.slots(dataClass)) {
                    if (slot >= 0) {
                        into.facts().setUnknown(slot);
                    }
                }
            }
        }
    }

    private void start(byte[] raw) throws IOException {
        input.reset(raw);
        unpacker.reset(input);
    }

    private void values(DataClass dataClass, ProfileLayout layout, Facts facts) throws IOException {
        if (layout != layoutOfStrings) {
            strings = new StringTable(layout.strings(), 0);
            layoutOfStrings = layout;
        }
        int[] slots = layout.slots(dataClass);
        ValueType[] types = layout.types(dataClass);
        int stored = unpacker.unpackArrayHeader() - 1;
        if (stored < 0 || unpacker.unpackInt() != FORMAT_VERSION) {
            throw new IOException("not a profile value");
        }
        for (int position = 0; position < slots.length; position++) {
            int slot = slots[position];
            if (position >= stored) {
                if (slot >= 0) {
                    facts.setAbsent(slot);
                }
            } else if (slot < 0) {
                unpacker.skipValue();
            } else if (unpacker.tryUnpackNil()) {
                facts.setAbsent(slot);
            } else {
                value(slot, types[position], facts);
            }
        }
    }

    private void value(int slot, ValueType type, Facts facts) throws IOException {
        switch (type) {
            case BOOL -> facts.setBool(slot, unpacker.unpackBoolean());
            case INT -> facts.setLong(slot, unpacker.unpackLong());
            case DOUBLE -> facts.setDouble(slot, number());
            case STRING -> facts.setString(slot, string());
            case STRINGS -> facts.setStrings(slot, strings());
        }
    }

    /** A double is stored as a whole number where it is one: shorter. */
    private double number() throws IOException {
        return switch (unpacker.getNextFormat().getValueType()) {
            case INTEGER -> unpacker.unpackLong();
            case FLOAT -> {
                double value = unpacker.unpackDouble();
                if (!Double.isFinite(value)) {
                    throw new IOException("not a finite number");
                }
                yield value;
            }
            default -> throw new IOException("not a number");
        };
    }

    private String string() throws IOException {
        int length = text();
        String known = strings.find(text, length);
        return known != null ? known : new String(text, 0, length, StandardCharsets.UTF_8);
    }

    private String[] strings() throws IOException {
        int count = unpacker.unpackArrayHeader();
        if (count > ProfileValues.MAX_LIST) {
            throw new IOException("list too long");
        }
        String[] list = new String[count];
        for (int i = 0; i < count; i++) {
            list[i] = string();
        }
        return list;
    }

    private int text() throws IOException {
        int length = unpacker.unpackRawStringHeader();
        if (length > text.length) {
            throw new IOException("string too long");
        }
        unpacker.readPayload(text, 0, length);
        return length;
    }

    private void exposures(Exposures exposures) throws IOException {
        int entries = unpacker.unpackArrayHeader();
        if (entries > Exposures.MAX_ENTRIES) {
            throw new IOException("too many counters");
        }
        for (int entry = 0; entry < entries; entry++) {
            if (unpacker.unpackArrayHeader() != 3) {
                throw new IOException("not a counter");
            }
            String offer = names.findOrAdd(text, text());
            String placement = names.findOrAdd(text, text());
            int times = unpacker.unpackArrayHeader();
            if (times > Exposures.MAX_TIMES) {
                throw new IOException("too many times");
            }
            exposures.addEntry(offer, placement);
            for (int i = 0; i < times; i++) {
                exposures.addTime(unpacker.unpackInt());
            }
        }
        exposures.markKnown();
    }
}
