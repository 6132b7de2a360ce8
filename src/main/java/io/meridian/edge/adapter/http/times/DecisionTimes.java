package io.meridian.edge.adapter.http.times;

import io.meridian.edge.core.model.Decision;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The time of whole decisions and of each of their stages: {@code meridian_decision_seconds}, {@code meridian_stage_seconds}. */
@Singleton
public class DecisionTimes extends Collector {
    private static final Decision.Stage[] STAGES = Decision.Stage.values();
    private static final String DECISION = "meridian_decision_seconds";
    private static final String STAGE = "meridian_stage_seconds";

    private final TimeHistogram whole = new TimeHistogram();
    private final TimeHistogram[] stages = new TimeHistogram[STAGES.length];

    @Inject
    @SuppressWarnings("deprecation") // the registry that Quarkus brings
    public DecisionTimes(PrometheusMeterRegistry registry) {
        for (int i = 0; i < stages.length; i++) {
            stages[i] = new TimeHistogram();
        }
        registry.getPrometheusRegistry().register(this);
    }

    /**
     * A decision was made. A stage it did not go through counts nothing.
     *
     * @param nanos from being asked to the answer
     */
    public void record(Decision decision, long nanos) {
        whole.record(nanos);
        long[] spent = decision.stages();
        for (int i = 0; i < spent.length; i++) {
            if (spent[i] > 0) {
                stages[i].record(spent[i]);
            }
        }
    }

    /** Of whole decisions. */
    public TimeHistogram whole() {
        return whole;
    }

    /** Of one stage. */
    public TimeHistogram of(Decision.Stage stage) {
        return stages[stage.ordinal()];
    }

    /** A stage's name in tags. */
    public static String name(Decision.Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples.Sample> ofWhole = new ArrayList<>();
        whole.samples(ofWhole, DECISION, List.of(), List.of());
        List<MetricFamilySamples.Sample> ofStages = new ArrayList<>();
        for (Decision.Stage stage : STAGES) {
            of(stage).samples(ofStages, STAGE, List.of("stage"), List.of(name(stage)));
        }
        return List.of(
                new MetricFamilySamples(
                        DECISION, Type.HISTOGRAM, "Time of a decision, from being asked to the answer", ofWhole),
                new MetricFamilySamples(STAGE, Type.HISTOGRAM, "Time a decision spent in a stage", ofStages));
    }
}
