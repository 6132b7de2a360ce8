package io.meridian.edge.core.consent;

import io.meridian.edge.core.model.Basis;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.Jurisdiction;
import io.meridian.edge.core.model.Purpose;
import io.meridian.edge.core.model.StoredConsent;
import org.jspecify.annotations.Nullable;

/**
 * What one request may do: for every (data class, purpose) denied, silent or allowed. Immutable.
 *
 * <p><em>Silent</em> means that the live signals leave it open and what the subject told us to remember decides; once
 * {@link #resolve}d, nothing is silent. One object and one array per request; all questions are bit operations.
 */
public final class Grant {
    /** What may be done with a class of data for a purpose. */
    public enum State {
        DENIED,
        SILENT,
        ALLOWED
    }

    /** Consent is needed and nobody gave it. */
    public static final String NO_CONSENT = "NO_CONSENT";
    /** A TC string does not permit it. */
    public static final String TCF_REFUSED = "TCF_REFUSED";
    /** Global Privacy Control, by header or by GPP sub-section. */
    public static final String GPC = "GPC";
    /** Opted out in a US section of the GPP. */
    public static final String GPP_OPT_OUT = "GPP_OPT_OUT";
    /** A known child, without the consent that takes. */
    public static final String GPP_CHILD = "GPP_CHILD";
    /** Sensitive data only, and its use was refused in the GPP. */
    public static final String GPP_SENSITIVE = "GPP_SENSITIVE";
    /** Opted out in a US Privacy string. */
    public static final String US_PRIVACY_OPT_OUT = "US_PRIVACY_OPT_OUT";
    /** The stored record refuses it. */
    public static final String STORED_REFUSAL = "STORED_REFUSAL";
    /** The subject was erased. */
    public static final String ERASED = "ERASED";
    /** What was stored could not be read, and the live signals leave it to that. */
    public static final String CONSENT_UNREAD = "CONSENT_UNREAD";
    /** The regime forbids it for every class of data. */
    public static final String REGIME_NEVER = "REGIME_NEVER";

    private static final int CONTEXT_ALONE = Purpose.CONTEXTUAL.bit() | Purpose.CONTEXTUAL_ADS.bit();
    private static final int SILENT_SHIFT = 16;
    private static final int SENSITIVE = DataClass.SENSITIVE.ordinal();

    private final Jurisdiction jurisdiction;
    private final ConsentSignals signals;
    private final @Nullable StoredConsent stored;
    private final boolean unread;
    /** Per data class: allowed purposes in the low half, silent ones in the high half. */
    private final int[] cells;

    private Grant(
            Jurisdiction jurisdiction,
            ConsentSignals signals,
            @Nullable StoredConsent stored,
            boolean unread,
            int[] cells) {
        this.jurisdiction = jurisdiction;
        this.signals = signals;
        this.stored = stored;
        this.unread = unread;
        this.cells = cells;
    }

    /** The regime's table applied to the signals. */
    static Grant of(Jurisdiction jurisdiction, ConsentSignals signals) {
        int[] cells = new int[DataClass.count()];
        Permissions permissions = new Permissions(jurisdiction, signals);
        for (int index = 0; index < cells.length; index++) {
            DataClass dataClass = DataClass.at(index);
            boolean sensitive = index == SENSITIVE;
            int allowed = permissions.allowed(jurisdiction, dataClass, sensitive);
            int silent = permissions.open(jurisdiction, dataClass, sensitive) & ~allowed;
            cells[index] = allowed | silent << SILENT_SHIFT;
        }
        return new Grant(jurisdiction, signals, null, false, cells);
    }

    /** The regime it was made under. */
    public Jurisdiction jurisdiction() {
        return jurisdiction;
    }

    /** The signals it rests on. */
    public ConsentSignals signals() {
        return signals;
    }

    /** The classes of data allowed for a purpose now, as a mask of {@link DataClass#bit()}. */
    public int allowed(Purpose purpose) {
        return classes(purpose.ordinal());
    }

    /** The classes of data for which a stored record decides on a purpose, as a mask of {@link DataClass#bit()}. */
    public int silent(Purpose purpose) {
        return classes(purpose.ordinal() + SILENT_SHIFT);
    }

    /** What may be done with a class of data for a purpose. */
    public State state(DataClass dataClass, Purpose purpose) {
        int cell = cells[dataClass.ordinal()] >>> purpose.ordinal();
        if ((cell & 1) != 0) {
            return State.ALLOWED;
        }
        return (cell & 1 << SILENT_SHIFT) != 0 ? State.SILENT : State.DENIED;
    }

    /** The purposes allowed for a class of data, as a mask of {@link Purpose#bit()}. */
    public int allowedPurposes(DataClass dataClass) {
        return cells[dataClass.ordinal()] & Purpose.ALL_BITS;
    }

    /** The purposes on which a stored record decides for a class of data, as a mask of {@link Purpose#bit()}. */
    public int silentPurposes(DataClass dataClass) {
        return cells[dataClass.ordinal()] >>> SILENT_SHIFT;
    }

    /**
     * Those of {@link #silentPurposes(DataClass)} that rest on this basis: what a script beside the data needs to
     * decide.
     */
    public int silentPurposes(DataClass dataClass, Basis basis) {
        return silentPurposes(dataClass) & jurisdiction.purposes(dataClass, basis);
    }

    /** The purposes allowed for at least one class of data, as a mask of {@link Purpose#bit()}. */
    public int grantedPurposes() {
        int granted = 0;
        for (int index = 0; index < cells.length; index++) {
            granted |= cells[index];
        }
        return granted & Purpose.ALL_BITS;
    }

    /**
     * True if an identifier on the visitor's device may be read: purpose 1 for identity data, granted by the live
     * signals or, where they are silent, by the regime's default. The stored record cannot be asked: the identifier
     * would name it.
     */
    public boolean deviceReadable() {
        return Purpose.STORE.in(allowedPurposes(DataClass.IDENTITY)
                | silentPurposes(DataClass.IDENTITY, Basis.LEGITIMATE_INTEREST)
                | silentPurposes(DataClass.IDENTITY, Basis.OPT_OUT));
    }

    /**
     * The final word: what the live signals left open is decided by the stored record, and a stored refusal wins over
     * everything.
     *
     * @param record what the subject told us to remember; null if there is nothing, which refuses what needs consent
     *     and leaves the rest to the regime's default
     */
    public Grant resolve(@Nullable StoredConsent record) {
        int given = record == null ? 0 : record.given();
        int explicit = record == null ? 0 : record.explicit();
        int refused = record == null ? 0 : record.erased() ? Purpose.ALL_BITS : record.refused();
        int[] resolved = new int[cells.length];
        for (int index = 0; index < cells.length; index++) {
            DataClass dataClass = DataClass.at(index);
            int permitted = jurisdiction.purposes(dataClass, Basis.LEGITIMATE_INTEREST)
                    | jurisdiction.purposes(dataClass, Basis.OPT_OUT)
                    | jurisdiction.purposes(dataClass, Basis.CONSENT) & given
                    | jurisdiction.purposes(dataClass, Basis.EXPLICIT_CONSENT) & explicit;
            int allowed = cells[index] & Purpose.ALL_BITS;
            int silent = cells[index] >>> SILENT_SHIFT;
            resolved[index] = (allowed | silent & permitted) & ~refused;
        }
        return new Grant(jurisdiction, signals, record == null ? stored : record, false, resolved);
    }

    /**
     * The final word when the stored record was not read: what it would have decided is denied. Only choosing by the context alone, which
     * touches nothing of the subject's, is left to the regime's default.
     */
    public Grant resolveUnread() {
        int[] resolved = new int[cells.length];
        for (int index = 0; index < cells.length; index++) {
            DataClass dataClass = DataClass.at(index);
            int byDefault =
                    silentPurposes(dataClass, Basis.LEGITIMATE_INTEREST) | silentPurposes(dataClass, Basis.OPT_OUT);
            resolved[index] = (cells[index] & Purpose.ALL_BITS) | (byDefault & CONTEXT_ALONE);
        }
        return new Grant(jurisdiction, signals, stored, true, resolved);
    }

    /**
     * Why a purpose is denied for every class of data: one of this class's codes or the name of a {@link
     * SignalProblem}; null if it is allowed, or open, for one.
     */
    public @Nullable String because(Purpose purpose) {
        if ((allowed(purpose) | silent(purpose)) != 0) {
            return null;
        }
        if (stored != null && stored.erased()) {
            return ERASED;
        }
        if (stored != null && purpose.in(stored.refused())) {
            return STORED_REFUSAL;
        }
        int possible = 0;
        for (int index = 0; index < cells.length; index++) {
            DataClass dataClass = DataClass.at(index);
            if (!purpose.in(jurisdiction.purposes(dataClass, Basis.NEVER))) {
                possible |= dataClass.bit();
            }
        }
        if (possible == 0) {
            return REGIME_NEVER;
        }
        String signal = signals.because(purpose);
        if (signal != null) {
            return signal;
        }
        if (possible == DataClass.SENSITIVE.bit() && signals.sensitive() == SensitiveStatement.REFUSED) {
            return GPP_SENSITIVE;
        }
        if (purpose.in(signals.withheld())) {
            return TCF_REFUSED;
        }
        return unread ? CONSENT_UNREAD : NO_CONSENT;
    }

    private int classes(int shift) {
        int classes = 0;
        for (int index = 0; index < cells.length; index++) {
            classes |= (cells[index] >>> shift & 1) << index;
        }
        return classes;
    }
}
