package io.meridian.edge.core.model;

/**
 * One regime's law as a table: what each (data class, purpose) needs.
 *
 * <p>Immutable. Two regimes that both apply make a third, cell by cell the stricter ({@link #and}); the compiler does that
 * once for every pair, not per request.
 */
public final class Jurisdiction {
    private final String id;
    private final int frameworks;
    private final Basis[][] table;
    private final int[][] purposesByBasis;

    /**
     * @param id the regime's stable name, for example {@code gdpr}
     * @param frameworks mask of {@link SignalFramework#bit()}: whose <em>permissions</em> this regime accepts. A refusal is
     *     honoured whatever framework it comes from.
     * @param table {@code [data class][purpose]}, every cell present
     */
    public Jurisdiction(String id, int frameworks, Basis[][] table) {
        this.id = id;
        this.frameworks = frameworks;
        this.table = new Basis[DataClass.count()][];
        this.purposesByBasis = new int[DataClass.count()][Basis.values().length];
        for (int dataClass = 0; dataClass < this.table.length; dataClass++) {
            this.table[dataClass] = table[dataClass].clone();
            for (int purpose = 0; purpose < Purpose.count(); purpose++) {
                purposesByBasis[dataClass][table[dataClass][purpose].ordinal()] |= 1 << purpose;
            }
        }
    }

    public String id() {
        return id;
    }

    /** True if this regime takes a permission from that framework. */
    public boolean accepts(SignalFramework framework) {
        return framework.in(frameworks);
    }

    /** What the regime needs before this class of data may serve this purpose. */
    public Basis basis(DataClass dataClass, Purpose purpose) {
        return table[dataClass.ordinal()][purpose.ordinal()];
    }

    /** The purposes that need exactly this basis for this class of data, as a mask. */
    public int purposes(DataClass dataClass, Basis basis) {
        return purposesByBasis[dataClass.ordinal()][basis.ordinal()];
    }

    /**
     * The regime of someone under both: cell by cell the stricter. Permissions count from frameworks that both accept, and from
     * the TCF if either does: it is an opt-in, the strongest statement there is. The id joins both with {@code +}.
     */
    public Jurisdiction and(Jurisdiction other) {
        if (this == other) {
            return this;
        }
        Basis[][] stricter = new Basis[DataClass.count()][Purpose.count()];
        for (int dataClass = 0; dataClass < stricter.length; dataClass++) {
            for (int purpose = 0; purpose < Purpose.count(); purpose++) {
                stricter[dataClass][purpose] = table[dataClass][purpose].stricter(other.table[dataClass][purpose]);
            }
        }
        return new Jurisdiction(
                id + "+" + other.id,
                (frameworks & other.frameworks) | ((frameworks | other.frameworks) & SignalFramework.TCF.bit()),
                stricter);
    }

    /** True if no cell asks for less than the other's, and no permission counts here that {@link #and} with the other would refuse. */
    public boolean isAsStrictAs(Jurisdiction other) {
        for (int dataClass = 0; dataClass < table.length; dataClass++) {
            for (int purpose = 0; purpose < Purpose.count(); purpose++) {
                if (table[dataClass][purpose].compareTo(other.table[dataClass][purpose]) < 0) {
                    return false;
                }
            }
        }
        return (frameworks & ~other.frameworks & ~SignalFramework.TCF.bit()) == 0;
    }

    @Override
    public String toString() {
        return "Jurisdiction[" + id + "]";
    }
}
