package io.meridian.edge.core.eligibility;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.meridian.edge.core.eligibility.Expression.Constant;
import io.meridian.edge.core.eligibility.Expression.Operation;
import io.meridian.edge.core.eligibility.Expression.Relation;
import io.meridian.edge.core.eligibility.Expression.TextRelation;
import io.meridian.edge.core.eligibility.FactKnowledge.Membership;
import io.meridian.edge.core.eligibility.Satisfiability.Answer;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.FactLayout.Slot;
import io.meridian.edge.core.model.Facts;
import io.meridian.edge.core.model.ValueType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is said of conditions without data, held against what they come to with data. */
class SatisfiabilityPropertyTest {
    private static final long SEED = 20261122;
    private static final int EXPRESSIONS = 2_500;
    private static final int TIER = 0;
    private static final int CAMPAIGN = 1;
    private static final int HOUR = 2;
    private static final int SPEND = 3;
    private static final int MEMBER = 4;
    private static final int TAGS = 5;
    private static final int GOLD = 6;
    private static final int BUYER = 7;
    private static final FactLayout LAYOUT = new FactLayout(List.of(
            new Slot("profile.tier", ValueType.STRING, null),
            new Slot("context.campaign", ValueType.STRING, null),
            new Slot("context.hour", ValueType.INT, null),
            new Slot("profile.spend", ValueType.DOUBLE, null),
            new Slot("profile.member", ValueType.BOOL, null),
            new Slot("profile.tags", ValueType.STRINGS, null),
            new Slot("segment.gold", ValueType.BOOL, null),
            new Slot("segment.buyer", ValueType.BOOL, null)));
    private static final List<String> TIERS = List.of("none", "silver", "gold");
    private static final List<String> CAMPAIGNS = List.of("a", "ab", "b", "", "gold");
    private static final long[] HOURS = {0, 1, 2, 3, 4, 22, 23};
    private static final double[] SPENDS = {
        -0.0,
        0.0,
        1.0,
        Math.nextUp(1.0),
        Math.nextDown(1.0),
        2.5,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        -Double.MIN_VALUE
    };

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<Membership> memberships = List.of(
            new Membership(GOLD, "value", 2, condition(compare(TIER, Relation.EQUAL, "gold"))),
            new Membership(
                    BUYER,
                    "value",
                    1,
                    condition(new Expression.All(
                            List.of(new Expression.Has(SPEND), compare(SPEND, Relation.GREATER_OR_EQUAL, 1.0))))));
    private final FactKnowledge knowledge = FactKnowledge.of(LAYOUT)
            .values(TIER, TIERS)
            .range(HOUR, 0, 23)
            .always(HOUR)
            .shape(CAMPAIGN, value -> !value.equals("b"))
            .segments(memberships);

    /** The segments as the service finds them, for segment slots are never free to be anything. */
    private final ConditionSet.Builder set = new ConditionSet.Builder();

    private final Segments segments = new Segments(memberships.stream()
            .map(one -> new Segment(
                    LAYOUT.slot(one.slot()).name(),
                    Segment.Kind.RFM,
                    one.group(),
                    one.priority(),
                    set.add(one.condition()),
                    one.slot()))
            .toList());
    private final Evaluation evaluation = new Evaluation(set.build());

    @Test
    void whatCanNeverBeTrueNeverIsAndWhatAlwaysIsIs() {
        Satisfiability satisfiability = new Satisfiability(knowledge);
        int never = 0;
        int always = 0;
        int missed = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            Condition condition = condition(bool(1 + random.nextInt(4)));
            Answer answer = satisfiability.of(condition);
            boolean seen = false;
            for (int sample = 0; sample < 200; sample++) {
                Facts facts = facts(sample % 4 == 0);
                byte outcome = condition.evaluate(facts);
                seen |= outcome == Truth.TRUE;
                if (answer == Answer.NEVER) {
                    assertNotEquals(Truth.TRUE, outcome, () -> condition + " was said to be never true");
                } else if (answer == Answer.ALWAYS && sample % 4 != 0) {
                    assertTrue(outcome == Truth.TRUE, () -> condition + " was said to be always true");
                }
            }
            never += answer == Answer.NEVER ? 1 : 0;
            always += answer == Answer.ALWAYS ? 1 : 0;
            missed += answer != Answer.NEVER && !seen ? 1 : 0;
        }
        assertTrue(never > EXPRESSIONS / 20, "hardly anything was impossible: " + never);
        assertTrue(always > EXPRESSIONS / 100, "hardly anything was certain: " + always);
        assertTrue(missed < never, "too much that never happened was thought possible: " + missed);
    }

    @Test
    void whatIsImplied() {
        Satisfiability satisfiability = new Satisfiability(knowledge);
        int implied = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            Condition first = condition(bool(1 + random.nextInt(3)));
            Condition second = condition(bool(1));
            if (!satisfiability.implies(List.of(first), second) || satisfiability.of(first) == Answer.NEVER) {
                continue;
            }
            implied++;
            for (int sample = 0; sample < 200; sample++) {
                Facts facts = facts(false);
                if (first.evaluate(facts) == Truth.TRUE) {
                    assertTrue(second.evaluate(facts) == Truth.TRUE, () -> first + " does not imply " + second);
                }
            }
        }
        assertTrue(implied > 20, "hardly anything was implied: " + implied);
    }

    @Test
    void whatCannotBeReadMakesNothingTrue() {
        BitSet unreadable = new BitSet();
        unreadable.set(TIER);
        unreadable.set(TAGS);
        Satisfiability satisfiability = new Satisfiability(knowledge.unreadable(unreadable));
        Satisfiability ifRead = new Satisfiability(knowledge);
        int never = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            Condition condition = condition(bool(1 + random.nextInt(3)));
            boolean possible = satisfiability.together(List.of(condition));
            boolean canBeFalse = satisfiability.canBeFalse(condition);
            for (int sample = 0; sample < 60; sample++) {
                Facts facts = someFacts(sample % 3 == 0);
                facts.setUnknown(TIER);
                facts.setUnknown(TAGS);
                apply(facts);
                byte outcome = condition.evaluate(facts);
                assertTrue(possible || outcome != Truth.TRUE, () -> condition + " needs what cannot be read");
                assertTrue(canBeFalse || outcome != Truth.FALSE, () -> condition + " needs what cannot be read");
            }
            never += !possible && ifRead.together(List.of(condition)) ? 1 : 0;
        }
        assertTrue(never > EXPRESSIONS / 20, "hardly anything needed what cannot be read: " + never);
    }

    @Test
    void aConflictIsNamedByItsFewestParts() {
        Satisfiability satisfiability = new Satisfiability(knowledge);
        int conflicts = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            List<Condition> conditions = new ArrayList<>();
            for (int part = 0; part < 4; part++) {
                conditions.add(condition(bool(1)));
            }
            List<String> conflict = satisfiability.conflict(conditions);
            assertTrue(conflict.isEmpty() == satisfiability.together(conditions), conflict::toString);
            conflicts += conflict.size() == 2 ? 1 : 0;
        }
        assertTrue(conflicts > 10, "hardly any two conditions were in conflict: " + conflicts);
    }

    private Condition condition(Expression expression) {
        return new Condition(expression, LAYOUT, Expressions.text(expression, LAYOUT));
    }

    private Facts facts(boolean withUnknown) {
        Facts facts = someFacts(withUnknown);
        apply(facts);
        return facts;
    }

    private void apply(Facts facts) {
        evaluation.reset();
        segments.apply(facts, evaluation);
    }

    private Facts someFacts(boolean withUnknown) {
        Facts facts = new Facts(LAYOUT);
        facts.show(-1);
        for (int slot = TIER; slot <= TAGS; slot++) {
            int state = random.nextInt(8);
            if (withUnknown && state == 0) {
                continue;
            }
            if (slot != HOUR && state == 1) {
                facts.setAbsent(slot);
                continue;
            }
            switch (slot) {
                case TIER -> facts.setString(slot, TIERS.get(random.nextInt(TIERS.size())));
                case CAMPAIGN -> {
                    String value = CAMPAIGNS.get(random.nextInt(CAMPAIGNS.size()));
                    facts.setString(slot, value.equals("b") ? "other" : value);
                }
                case HOUR -> facts.setLong(slot, HOURS[random.nextInt(HOURS.length)]);
                case SPEND -> facts.setDouble(slot, SPENDS[random.nextInt(SPENDS.length)]);
                case MEMBER -> facts.setBool(slot, random.nextBoolean());
                default -> facts.setStrings(slot, random.nextBoolean() ? new String[] {"a"} : new String[0]);
            }
        }
        return facts;
    }

    private Expression bool(int depth) {
        if (depth == 0) {
            return leaf();
        }
        int below = depth - 1;
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> new Expression.All(List.of(bool(below), bool(below), bool(below)));
            case 3, 4 -> new Expression.Any(List.of(bool(below), bool(below)));
            case 5, 6 -> new Expression.Not(bool(below));
            case 7 -> new Expression.Choice(bool(below), bool(below), bool(below));
            case 8 ->
                new Expression.Comparison(
                        random.nextBoolean() ? Relation.EQUAL : Relation.NOT_EQUAL,
                        bool(below),
                        new Constant(ValueType.BOOL, random.nextBoolean()));
            default -> leaf();
        };
    }

    private Expression leaf() {
        Relation relation = Relation.values()[random.nextInt(Relation.values().length)];
        return switch (random.nextInt(16)) {
            case 0, 1 -> compare(TIER, relation, TIERS.get(random.nextInt(TIERS.size())));
            case 2 -> compare(CAMPAIGN, relation, CAMPAIGNS.get(random.nextInt(CAMPAIGNS.size())));
            case 3, 4 -> compare(HOUR, relation, hour());
            case 5, 6 -> compare(SPEND, relation, SPENDS[random.nextInt(SPENDS.length)]);
            case 7 -> attribute(MEMBER);
            case 8 ->
                new Expression.InAttribute(new Constant(ValueType.STRING, "a"), (Expression.Attribute) attribute(TAGS));
            case 9 -> attribute(GOLD);
            case 10 -> attribute(BUYER);
            case 11 -> new Expression.Has(random.nextInt(TAGS + 1));
            case 12 ->
                new Expression.TextTest(
                        TextRelation.values()[random.nextInt(3)],
                        attribute(random.nextBoolean() ? TIER : CAMPAIGN),
                        new Constant(ValueType.STRING, CAMPAIGNS.get(random.nextInt(CAMPAIGNS.size()))));
            case 13 ->
                new Expression.InConstants(
                        attribute(HOUR),
                        List.of(new Constant(ValueType.INT, hour()), new Constant(ValueType.INT, hour())));
            case 14 ->
                new Expression.Comparison(
                        relation,
                        new Constant(ValueType.INT, hour()),
                        new Expression.Arithmetic(
                                Operation.values()[random.nextInt(5)],
                                attribute(HOUR),
                                new Constant(ValueType.INT, (long) random.nextInt(3))));
            default ->
                new Expression.Comparison(
                        relation,
                        new Expression.Size(attribute(TAGS)),
                        new Constant(ValueType.INT, (long) random.nextInt(3) - 1));
        };
    }

    private long hour() {
        return random.nextInt(12) == 0 ? Long.MIN_VALUE : HOURS[random.nextInt(HOURS.length)] + random.nextInt(2);
    }

    private static Expression compare(int slot, Relation relation, Object value) {
        return new Expression.Comparison(
                relation, attribute(slot), new Constant(LAYOUT.slot(slot).type(), value));
    }

    private static Expression attribute(int slot) {
        return new Expression.Attribute(slot, LAYOUT.slot(slot).type());
    }
}
