package io.meridian.edge.adapter.redis;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which master of a cluster owns which slots, and in which of them the region's mark was found. Immutable. */
final class SlotTable {
    /** More masters than the region of a decisioning service has. */
    static final int MAX_MASTERS = 128;

    static final SlotTable EMPTY = new SlotTable(List.of(), new byte[0], new BitSet(), 0);

    private final List<Endpoint> masters;
    /** Per slot the index of its master, negative if it has none; empty if nothing is known. */
    private final byte[] owners;

    private final BitSet marked;
    private final int version;

    private SlotTable(List<Endpoint> masters, byte[] owners, BitSet marked, int version) {
        this.masters = masters;
        this.owners = owners;
        this.marked = marked;
        this.version = version;
    }

    /**
     * Reads the answer to {@code CLUSTER SLOTS}. What a slot was found to be marked counts on while it has the same master.
     *
     * @param asked where the answer came from: nodes may leave out a host that is the same
     * @return null if the answer is not one
     */
    static @Nullable SlotTable read(Response answer, Endpoint asked, SlotTable before) {
        List<Endpoint> masters = new ArrayList<>();
        byte[] owners = new byte[Slots.COUNT];
        Arrays.fill(owners, (byte) -1);
        try {
            for (Response range : answer) {
                int first = range.get(0).toInteger();
                int last = range.get(1).toInteger();
                Response node = range.get(2);
                String host = node.get(0) == null ? "" : node.get(0).toString();
                Endpoint master = asked.at(
                        host.isEmpty() ? asked.host() : host, node.get(1).toInteger());
                int index = masters.indexOf(master);
                if (index < 0) {
                    index = masters.size();
                    masters.add(master);
                }
                if (first < 0 || last >= Slots.COUNT || index >= MAX_MASTERS) {
                    return null;
                }
                Arrays.fill(owners, first, last + 1, (byte) index);
            }
        } catch (RuntimeException e) {
            // Another shape than the answer has.
            return null;
        }
        SlotTable read = new SlotTable(List.copyOf(masters), owners, new BitSet(), before.version + 1);
        BitSet still = (BitSet) before.marked.clone();
        for (int slot = still.nextSetBit(0); slot >= 0; slot = still.nextSetBit(slot + 1)) {
            Endpoint master = read.master(slot);
            if (master == null || !master.equals(before.master(slot))) {
                still.clear(slot);
            }
        }
        return new SlotTable(read.masters, owners, still, read.version);
    }

    /** The same with more slots found to be marked. */
    SlotTable marked(BitSet more) {
        BitSet all = (BitSet) marked.clone();
        all.or(more);
        return new SlotTable(masters, owners, all, version + 1);
    }

    /** True if the same slots are with the same masters. */
    boolean sameOwners(SlotTable other) {
        return masters.equals(other.masters) && Arrays.equals(owners, other.owners);
    }

    /** True if it differs from the other, if at all, in the marks found: no slot had another master in between. */
    boolean sameReading(SlotTable other) {
        return owners == other.owners;
    }

    List<Endpoint> masters() {
        return masters;
    }

    /** Rises with every change. */
    int version() {
        return version;
    }

    /** Index of the slot's master, negative if it has none. */
    int owner(int slot) {
        return owners.length == 0 ? -1 : owners[slot];
    }

    @Nullable
    Endpoint master(int slot) {
        int owner = owner(slot);
        return owner < 0 ? null : masters.get(owner);
    }

    /** True if the region's mark was found in this slot, at the master it is with. */
    boolean isMarked(int slot) {
        return marked.get(slot);
    }

    /** True if every slot has a master and is marked. */
    boolean isWhole() {
        return marked.cardinality() == Slots.COUNT;
    }

    /** How many slots have no master or were not found to be marked. */
    int unmarkedSlots() {
        return Slots.COUNT - marked.cardinality();
    }

    /** Slots of a master that were not found to be marked. */
    List<Integer> unmarked(Endpoint master) {
        List<Integer> slots = new ArrayList<>();
        int index = masters.indexOf(master);
        for (int slot = 0; slot < owners.length; slot++) {
            if (owners[slot] == index && !marked.get(slot)) {
                slots.add(slot);
            }
        }
        return slots;
    }

    /** A slot of a master that shows whether it has kept its data: a marked one if there is any; negative if it has no slots. */
    int telling(Endpoint master) {
        int index = masters.indexOf(master);
        int some = -1;
        for (int slot = 0; index >= 0 && slot < owners.length; slot++) {
            if (owners[slot] == index) {
                if (marked.get(slot)) {
                    return slot;
                }
                some = some < 0 ? slot : some;
            }
        }
        return some;
    }
}
