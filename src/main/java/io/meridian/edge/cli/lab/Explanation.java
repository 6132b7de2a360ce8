package io.meridian.edge.cli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meridian.edge.adapter.http.wire.DecisionWriter;
import io.meridian.edge.core.model.CandidateTrace;
import io.meridian.edge.core.model.Decision;
import io.meridian.edge.core.model.Decision.Item;
import io.meridian.edge.core.model.Decision.PlacementDecision;
import io.meridian.edge.core.model.Degradation;
import io.meridian.edge.core.model.Purpose;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A decision with its trace, told to people or scripts: what was chosen, what became of the others, and which rule says so where. */
public final class Explanation {
    private static final String INDENT = "        ";

    private final Decision decision;
    private final Visit visit;
    private final RuleBook rules;

    /** @param decision made with {@link Visit#explained} */
    public Explanation(Decision decision, Visit visit, RuleBook rules) {
        this.decision = decision;
        this.visit = visit;
        this.rules = rules;
    }

    /** For people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("Market ").append(decision.market()).append(" in ").append(decision.region());
        text.append(" at ").append(VisitReader.written(visit.at())).append(", revision ");
        text.append(decision.revision()).append('\n');
        privacy(text);
        decision.placements().forEach(placement -> placement(placement, text));
        return text.toString();
    }

    private void privacy(StringBuilder text) {
        Decision.Privacy privacy = decision.privacy();
        text.append("Law ").append(privacy.jurisdiction()).append("; granted: ");
        String granted = Stream.of(Purpose.values())
                .filter(purpose -> purpose.in(privacy.granted()))
                .map(Purpose::name)
                .collect(Collectors.joining(", "));
        text.append(granted.isEmpty() ? "nothing" : granted).append('\n');
        privacy.denied()
                .forEach(denial -> text.append("  not ")
                        .append(denial.purpose())
                        .append(" (")
                        .append(denial.because())
                        .append(")\n"));
        text.append(privacy.personalised() ? "Personalised" : "Not personalised");
        if (visit.request().subjects().isEmpty() && !visit.profile().isEmpty()) {
            text.append(": the request names nobody, so the profile was not read");
        }
        String degraded = Stream.of(Degradation.values())
                .filter(code -> code.in(decision.degraded()))
                .map(Degradation::name)
                .collect(Collectors.joining(", "));
        text.append(degraded.isEmpty() ? "" : "; degraded: " + degraded).append('\n');
    }

    private void placement(PlacementDecision placement, StringBuilder text) {
        text.append('\n').append(placement.placement()).append(": ").append(shown(placement));
        text.append(" (").append(placement.reason()).append(")\n");
        List<CandidateTrace> trace = placement.trace();
        if (trace == null || trace.isEmpty()) {
            text.append("  no offer of this market runs here\n");
            return;
        }
        for (CandidateTrace candidate : trace) {
            text.append(String.format(Locale.ROOT, "  %-20s%s%n", candidate.verdict(), candidate.offer()));
            text.append(INDENT).append(candidate.because()).append('\n');
            if (candidate.factors() != null) {
                text.append(INDENT).append(score(candidate.factors())).append('\n');
            }
            for (RuleBook.Cited cited : rules.behind(candidate, decision.market(), decision.region())) {
                text.append(INDENT).append(cited.what()).append(", ").append(RuleBook.place(cited.where()));
                text.append(cited.text().isEmpty() ? "" : ": " + cited.text()).append('\n');
            }
        }
    }

    /** {@code score 0.81 = propensity 0.07 (prior) × value 11 × context 1.1 × lever 1.56}. */
    static String score(CandidateTrace.Factors factors) {
        return "score " + number(factors.score()) + " from propensity " + number(factors.propensity()) + " ("
                + factors.propensitySource() + "), value " + number(factors.value()) + ", context "
                + number(factors.context()) + ", lever " + number(factors.lever());
    }

    /** At most six digits that mean something. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.6g", value);
        return text.contains(".") && !text.contains("e")
                ? text.replaceAll("0+$", "").replaceAll("\\.$", "")
                : text;
    }

    /** {@code black-week/gold, ski-season}; {@code static content} if there is no offer. */
    public static String shown(PlacementDecision placement) {
        List<String> items = new ArrayList<>();
        for (Item item : placement.items()) {
            items.add(item.offer() == null ? "static content" : item.offer() + "/" + item.variant());
        }
        return String.join(", ", items);
    }

    /** For scripts: the answer of {@code POST /v1/decide}, with the rules behind each candidate. */
    public ObjectNode json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root;
        try {
            root = (ObjectNode) mapper.readTree(DecisionWriter.personal(decision, null, 0));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        root.remove("decisionId");
        root.put("market", decision.market());
        root.put("at", VisitReader.written(visit.at()));
        for (int i = 0; i < decision.placements().size(); i++) {
            List<CandidateTrace> trace = decision.placements().get(i).trace();
            JsonNode candidates = root.at("/decisions/" + i + "/trace/candidates");
            for (int c = 0; trace != null && c < trace.size(); c++) {
                cite(trace.get(c), (ObjectNode) candidates.get(c));
            }
        }
        return root;
    }

    private void cite(CandidateTrace candidate, ObjectNode into) {
        ArrayNode cited = into.putArray("rules");
        for (RuleBook.Cited rule : rules.behind(candidate, decision.market(), decision.region())) {
            ObjectNode one = cited.addObject().put("what", rule.what());
            one.put("file", rule.where().file());
            one.put("line", rule.where().line());
            one.put("column", rule.where().column());
            one.put("when", rule.text());
        }
    }
}
