package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.AttributeContract.Attribute;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/**
 * Writes one data class as {@code [version, v0, v1, …]}: positions as in the contract, nil where there is no value, nils at the end left
 * out. The values must have passed {@link ProfileValues}. Safe for use by any thread.
 */
final class ProfileEncoder {
    /** What a class's value seldom exceeds. */
    static final int USUAL_BYTES = 512;

    private static final byte[] NOTHING = new byte[0];

    private final AttributeContract contract;

    ProfileEncoder(AttributeContract contract) {
        this.contract = contract;
    }

    /** The classes for which there is an attribute among the names. Mask. */
    int classesOf(Iterable<String> names) {
        int classes = 0;
        for (String name : names) {
            classes |= attribute(name).dataClass().bit();
        }
        return classes;
    }

    /** A class's value made of these values alone; empty if none of them is of the class. */
    byte[] encode(DataClass dataClass, Map<String, ? extends @Nullable Object> values) {
        List<Attribute> attributes = contract.of(dataClass);
        List<@Nullable Object> positional = new ArrayList<>(attributes.size());
        for (Attribute attribute : attributes) {
            positional.add(values.get(attribute.name()));
        }
        return pack(new ValueWriter(USUAL_BYTES), positional);
    }

    /**
     * A class's value after a change. Positions the contract does not know, of a later version, are kept. Throws IOException if what is
     * stored cannot be understood.
     *
     * @param stored empty if nothing is
     * @param changes null removes a value; names of other classes are ignored
     */
    byte[] merge(DataClass dataClass, byte[] stored, Map<String, ? extends @Nullable Object> changes)
            throws IOException {
        List<@Nullable Object> positional = stored.length == 0 ? new ArrayList<>() : unpack(dataClass, stored);
        for (Attribute attribute : contract.of(dataClass)) {
            if (changes.containsKey(attribute.name())) {
                while (positional.size() <= attribute.position()) {
                    positional.add(null);
                }
                positional.set(attribute.position(), changes.get(attribute.name()));
            }
        }
        return pack(new ValueWriter(USUAL_BYTES), positional);
    }

    /** What is stored of a class, by attribute name. Throws IOException if it cannot be understood. */
    void decode(DataClass dataClass, byte[] stored, Map<String, Object> into) throws IOException {
        List<@Nullable Object> positional = unpack(dataClass, stored);
        for (Attribute attribute : contract.of(dataClass)) {
            if (attribute.position() < positional.size()) {
                Object value = positional.get(attribute.position());
                if (value != null) {
                    into.put(attribute.name(), value);
                }
            }
        }
    }

    private Attribute attribute(String name) {
        Attribute attribute = contract.find(name);
        if (attribute == null) {
            throw new IllegalArgumentException("the contract has no attribute " + name);
        }
        return attribute;
    }

    /** A class's value made of the values by position; empty if all are null. */
    static byte[] pack(ValueWriter writer, List<@Nullable Object> positional) {
        int size = positional.size();
        while (size > 0 && positional.get(size - 1) == null) {
            size--;
        }
        if (size == 0) {
            return NOTHING;
        }
        writer.reset();
        writer.arrayHeader(size + 1);
        writer.whole(ProfileDecoder.FORMAT_VERSION);
        for (int position = 0; position < size; position++) {
            writer.value(positional.get(position));
        }
        return writer.toBytes();
    }

    private List<@Nullable Object> unpack(DataClass dataClass, byte[] stored) throws IOException {
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(stored)) {
            int count = unpacker.unpackArrayHeader() - 1;
            if (count < 0 || count > stored.length || unpacker.unpackInt() != ProfileDecoder.FORMAT_VERSION) {
                throw new IOException("not a profile value");
            }
            List<Attribute> attributes = contract.of(dataClass);
            List<@Nullable Object> positional = new ArrayList<>(count);
            for (int position = 0; position < count; position++) {
                boolean real = position < attributes.size()
                        && attributes.get(position).type() == io.meridian.edge.core.model.ValueType.DOUBLE;
                positional.add(unpackValue(unpacker, real));
            }
            return positional;
        } catch (MessagePackException e) {
            throw new IOException("not a profile value", e);
        }
    }

    private static @Nullable Object unpackValue(MessageUnpacker unpacker, boolean real) throws IOException {
        return switch (unpacker.getNextFormat().getValueType()) {
            case NIL -> {
                unpacker.unpackNil();
                yield null;
            }
            case BOOLEAN -> unpacker.unpackBoolean();
            case INTEGER -> {
                long value = unpacker.unpackLong();
                yield real ? (Object) (double) value : (Object) value;
            }
            case FLOAT -> unpacker.unpackDouble();
            case STRING -> unpacker.unpackString();
            case ARRAY -> {
                int count = unpacker.unpackArrayHeader();
                if (count > ProfileValues.MAX_LIST) {
                    throw new IOException("list too long");
                }
                List<String> list = new ArrayList<>(count);
                for (int i = 0; i < count; i++) {
                    list.add(unpacker.unpackString());
                }
                yield list;
            }
            default -> throw new IOException("not a profile value");
        };
    }
}
