package io.meridian.edge.core;

import io.meridian.edge.core.consent.Grant;
import io.meridian.edge.core.model.Basis;
import io.meridian.edge.core.model.DataClass;

/**
 * A grant as the profile store understands it: which data classes are open, and for those about which the live signals are silent,
 * what the stored consent must say.
 *
 * @param classes mask of data classes open or silent
 * @param silent mask of those that are silent for at least one purpose
 * @param ifGiven by class ordinal: purposes for which a stored consent opens the class
 * @param ifExplicit by class ordinal: purposes for which only a stored explicit consent does
 * @param unlessRefused by class ordinal: purposes open unless a stored refusal closes them
 */
record Access(int classes, int silent, int[] ifGiven, int[] ifExplicit, int[] unlessRefused) {
    /** @param purposes by class ordinal: mask of the purposes the class is wanted for */
    static Access of(Grant grant, int[] purposes) {
        int count = DataClass.count();
        int[] given = new int[count];
        int[] explicit = new int[count];
        int[] open = new int[count];
        int classes = 0;
        int silent = 0;
        for (int c = 0; c < count; c++) {
            if (purposes[c] == 0) {
                continue;
            }
            DataClass dataClass = DataClass.at(c);
            int undecided = grant.silentPurposes(dataClass) & purposes[c];
            given[c] = grant.silentPurposes(dataClass, Basis.CONSENT) & undecided;
            explicit[c] = grant.silentPurposes(dataClass, Basis.EXPLICIT_CONSENT) & undecided;
            open[c] = (grant.allowedPurposes(dataClass) & purposes[c]) | (undecided & ~given[c] & ~explicit[c]);
            if ((given[c] | explicit[c] | open[c]) != 0) {
                classes |= dataClass.bit();
            }
            if (undecided != 0) {
                silent |= dataClass.bit();
            }
        }
        return new Access(classes, silent, given, explicit, open);
    }
}
