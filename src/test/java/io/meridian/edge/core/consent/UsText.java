package io.meridian.edge.core.consent;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A US section of a GPP string field by field. Starts with every notice given and every choice "not applicable". */
final class UsText {
    final UsSection section;
    int version;
    /** The two-bit fields from bit 6 on. */
    final int[] fields;

    @Nullable
    Boolean gpc;

    UsText(UsSection section) {
        this.section = section;
        this.version = section == UsSection.USNAT ? 2 : 1;
        this.fields = new int[(end() - 6) / 2];
        for (int notice = 0; notice < (section.sale - 6) / 2; notice++) {
            fields[notice] = 1;
        }
        Arrays.fill(fields, fields.length - 3, fields.length, 2);
    }

    UsText set(int offset, int value) {
        fields[(offset - 6) / 2] = value;
        return this;
    }

    UsText sensitive(int index, int value) {
        return set(section.sensitive + 2 * index, value);
    }

    UsText child(int index, int value) {
        return set(section.sensitive + 2 * (section.sensitiveCount + index), value);
    }

    UsText gpc(boolean value) {
        gpc = value;
        return this;
    }

    String text() {
        BitText bits = new BitText().put(version, 6);
        for (int field : fields) {
            bits.put(field, 2);
        }
        return bits.text()
                + (gpc == null
                        ? ""
                        : "." + new BitText().put(1, 2).put(gpc ? 1 : 0, 1).text());
    }

    /** The whole GPP string of this section alone. */
    String gpp() {
        return header(section.id) + "~" + text();
    }

    static String header(int... ids) {
        BitText bits = new BitText().put(3, 6).put(1, 6).put(ids.length, 12);
        int last = 0;
        for (int id : ids) {
            bits.put(0, 1).putFibonacci(id - last);
            last = id;
        }
        return bits.text();
    }

    private int end() {
        return section.sensitive + 2 * (section.sensitiveCount + section.childCount + section.furtherCount + 3);
    }
}
