package io.meridian.edge.core.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a decision knows of its visitor and moment, by slot of a {@link FactLayout}.
 *
 * <p>Every fact is {@link #UNKNOWN} (not permitted, or could not be read), {@link #ABSENT} (read, and the subject has no such
 * value) or {@link #PRESENT}. A slot of a data class that is not {@linkplain #show visible} is unknown, whatever was
 * read: two placements of one request may have different purposes and so see different classes.
 *
 * <p>Mutable, reused, confined to one thread.
 */
public final class Facts {
    public static final byte UNKNOWN = 0;
    public static final byte ABSENT = 1;
    public static final byte PRESENT = 2;

    private final FactLayout layout;
    private final byte[] states;
    private final long[] bits;
    private final @Nullable Object[] refs;
    private int visible;

    public Facts(FactLayout layout) {
        this.layout = layout;
        this.states = new byte[layout.size()];
        this.bits = new long[layout.size()];
        this.refs = new Object[layout.size()];
    }

    public FactLayout layout() {
        return layout;
    }

    /** Forgets everything: all slots unknown, no class visible. */
    public void clear() {
        Arrays.fill(states, UNKNOWN);
        Arrays.fill(bits, 0);
        Arrays.fill(refs, null);
        visible = 0;
    }

    /** Sets which data classes (mask of {@link DataClass#bit()}) can be seen from here on. */
    public void show(int dataClasses) {
        visible = dataClasses;
    }

    /** {@link #UNKNOWN}, {@link #ABSENT} or {@link #PRESENT}. */
    public byte state(int slot) {
        int classBit = layout.classBit(slot);
        return (classBit & visible) == classBit ? states[slot] : UNKNOWN;
    }

    /** Only for a present INT. */
    public long longAt(int slot) {
        return bits[slot];
    }

    /** Only for a present DOUBLE. */
    public double doubleAt(int slot) {
        return Double.longBitsToDouble(bits[slot]);
    }

    /** Only for a present BOOL. */
    public boolean boolAt(int slot) {
        return bits[slot] != 0;
    }

    /** Only for a present STRING. */
    public String stringAt(int slot) {
        return (String) present(slot);
    }

    /** Only for a present STRINGS. Not to be changed. */
    public String[] stringsAt(int slot) {
        return (String[]) present(slot);
    }

    public void setUnknown(int slot) {
        states[slot] = UNKNOWN;
    }

    public void setAbsent(int slot) {
        states[slot] = ABSENT;
    }

    public void setLong(int slot, long value) {
        states[slot] = PRESENT;
        bits[slot] = value;
    }

    public void setDouble(int slot, double value) {
        states[slot] = PRESENT;
        bits[slot] = Double.doubleToRawLongBits(value);
    }

    public void setBool(int slot, boolean value) {
        states[slot] = PRESENT;
        bits[slot] = value ? 1 : 0;
    }

    public void setString(int slot, String value) {
        states[slot] = PRESENT;
        refs[slot] = value;
    }

    public void setStrings(int slot, String[] value) {
        states[slot] = PRESENT;
        refs[slot] = value;
    }

    private Object present(int slot) {
        Object value = refs[slot];
        if (value == null) {
            throw new IllegalStateException(
                    "no value in slot " + layout.slot(slot).name());
        }
        return value;
    }
}
