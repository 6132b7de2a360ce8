package io.meridian.edge.core.eligibility;

import io.meridian.edge.core.eligibility.Demand.Aspect;
import io.meridian.edge.core.eligibility.Demand.Axis;
import io.meridian.edge.core.eligibility.Demand.Keys;
import io.meridian.edge.core.eligibility.Demand.Range;
import io.meridian.edge.core.eligibility.Expression.Attribute;
import io.meridian.edge.core.eligibility.Expression.Constant;
import io.meridian.edge.core.eligibility.Expression.Relation;
import io.meridian.edge.core.model.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The disjunctive normal form of a condition, as far as an index can use it: a condition is true only if all demands of at least one
 * conjunction are met. None at all: it is never true. One without demands: only evaluating can tell.
 *
 * <p>Bounded: what would become more than {@link #MOST} conjunctions demands less instead.
 */
final class Conjunctions {
    /** The most conjunctions of one condition. */
    static final int MOST = 16;

    private static final List<List<Demand>> NO_DEMANDS = List.of(List.of());
    private static final List<List<Demand>> NEVER = List.of();

    private Conjunctions() {}

    /** What it takes for the condition to be true. */
    static List<List<Demand>> of(Expression condition) {
        return of(condition, true);
    }

    /** What it takes for a boolean expression to be {@code wanted}; not for being unknown or an error. */
    private static List<List<Demand>> of(Expression expression, boolean wanted) {
        if (expression instanceof Constant constant) {
            return constant.value().equals(wanted) ? NO_DEMANDS : NEVER;
        }
        if (expression instanceof Attribute attribute) {
            return one(Keys.of(Aspect.BOOL, attribute.slot(), wanted));
        }
        if (expression instanceof Expression.Has has) {
            return one(Keys.of(Aspect.PRESENCE, has.slot(), wanted));
        }
        if (expression instanceof Expression.Not not) {
            return of(not.operand(), !wanted);
        }
        if (expression instanceof Expression.All all) {
            return wanted ? every(parts(all.operands(), true)) : any(parts(all.operands(), false));
        }
        if (expression instanceof Expression.Any any) {
            return wanted ? any(parts(any.operands(), true)) : every(parts(any.operands(), false));
        }
        if (expression instanceof Expression.Choice choice) {
            return any(List.of(
                    every(List.of(of(choice.condition(), true), of(choice.whenTrue(), wanted))),
                    every(List.of(of(choice.condition(), false), of(choice.whenFalse(), wanted)))));
        }
        if (expression instanceof Expression.Comparison comparison) {
            return comparison(comparison, wanted);
        }
        if (wanted && expression instanceof Expression.InConstants in && in.needle() instanceof Attribute attribute) {
            return among(attribute, in.constants());
        }
        if (wanted && expression instanceof Expression.InAttribute in && in.needle() instanceof Constant constant) {
            return one(Keys.of(Aspect.ELEMENT, in.attribute().slot(), constant.value()));
        }
        return present(expression);
    }

    private static List<List<List<Demand>>> parts(List<Expression> operands, boolean wanted) {
        return operands.stream().map(operand -> of(operand, wanted)).toList();
    }

    private static List<List<Demand>> one(Demand demand) {
        return List.of(List.of(demand));
    }

    private static List<List<Demand>> comparison(Expression.Comparison comparison, boolean wanted) {
        Relation relation = comparison.relation();
        if (comparison.left() instanceof Attribute attribute && comparison.right() instanceof Constant constant) {
            return toConstant(attribute, relation, constant, wanted);
        }
        if (comparison.left() instanceof Constant constant && comparison.right() instanceof Attribute attribute) {
            return toConstant(attribute, relation.mirrored(), constant, wanted);
        }
        return present(comparison);
    }

    private static List<List<Demand>> toConstant(
            Attribute attribute, Relation relation, Constant constant, boolean wanted) {
        boolean equal = relation == (wanted ? Relation.EQUAL : Relation.NOT_EQUAL);
        return switch (attribute.type()) {
            case STRING -> equal ? one(Keys.strings(attribute.slot(), List.of(constant))) : present(attribute);
            case BOOL -> equal ? one(Keys.of(Aspect.BOOL, attribute.slot(), constant.value())) : present(attribute);
            case INT -> whole(attribute, wanted ? relation : negated(relation), (Long) constant.value());
            case DOUBLE -> {
                double bound = (Double) constant.value();
                // What is not a number fails every comparison but !=, so that only this one says something when false.
                if (!wanted && !equal) {
                    yield present(attribute);
                }
                yield fractional(attribute, equal ? Relation.EQUAL : relation, bound);
            }
            case STRINGS -> throw new IllegalStateException("lists are not compared");
        };
    }

    private static Relation negated(Relation relation) {
        return switch (relation) {
            case EQUAL -> Relation.NOT_EQUAL;
            case NOT_EQUAL -> Relation.EQUAL;
            case LESS -> Relation.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> Relation.GREATER;
            case GREATER -> Relation.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> Relation.LESS;
        };
    }

    private static List<List<Demand>> whole(Attribute attribute, Relation relation, long bound) {
        return switch (relation) {
            case LESS ->
                bound == Long.MIN_VALUE ? NEVER : fractional(attribute, Relation.LESS_OR_EQUAL, (double) (bound - 1));
            case GREATER ->
                bound == Long.MAX_VALUE
                        ? NEVER
                        : fractional(attribute, Relation.GREATER_OR_EQUAL, (double) (bound + 1));
            case EQUAL, NOT_EQUAL, LESS_OR_EQUAL, GREATER_OR_EQUAL -> fractional(attribute, relation, (double) bound);
        };
    }

    private static List<List<Demand>> fractional(Attribute attribute, Relation relation, double bound) {
        if (Double.isNaN(bound)) {
            return relation == Relation.NOT_EQUAL ? present(attribute) : NEVER;
        }
        return switch (relation) {
            case EQUAL -> one(Range.of(attribute, bound, bound));
            case LESS, LESS_OR_EQUAL -> one(Range.of(attribute, Double.NEGATIVE_INFINITY, bound));
            case GREATER, GREATER_OR_EQUAL -> one(Range.of(attribute, bound, Double.POSITIVE_INFINITY));
            case NOT_EQUAL -> present(attribute);
        };
    }

    private static List<List<Demand>> among(Attribute attribute, List<Constant> constants) {
        return switch (attribute.type()) {
            case STRING -> one(Keys.strings(attribute.slot(), constants));
            case BOOL ->
                any(constants.stream()
                        .distinct()
                        .map(constant -> one(Keys.of(Aspect.BOOL, attribute.slot(), constant.value())))
                        .toList());
            case INT, DOUBLE -> {
                // The range that holds them all: the values in between are left to evaluating.
                double low = Double.POSITIVE_INFINITY;
                double high = Double.NEGATIVE_INFINITY;
                for (Constant constant : constants) {
                    double value = ((Number) constant.value()).doubleValue();
                    low = value < low ? value : low;
                    high = value > high ? value : high;
                }
                yield low <= high ? one(Range.of(attribute, low, high)) : NEVER;
            }
            case STRINGS -> throw new IllegalStateException("no lists of lists");
        };
    }

    /** That everything is there which the expression reads whatever comes out. */
    private static List<List<Demand>> present(Expression expression) {
        List<Demand> demands = new ArrayList<>();
        collectPresent(expression, demands);
        return List.of(merged(demands, List.of()).orElseThrow());
    }

    private static void collectPresent(Expression expression, List<Demand> demands) {
        if (expression instanceof Attribute attribute) {
            demands.add(Keys.of(Aspect.PRESENCE, attribute.slot(), true));
        } else if (expression.type() != ValueType.BOOL || isTest(expression)) {
            if (!(expression instanceof Expression.Choice)) {
                Expressions.children(expression).forEach(child -> collectPresent(child, demands));
            }
        }
    }

    /** Boolean, and all its operands are always read. */
    private static boolean isTest(Expression expression) {
        return expression instanceof Expression.Comparison
                || expression instanceof Expression.InConstants
                || expression instanceof Expression.InAttribute
                || expression instanceof Expression.TextTest;
    }

    /** One of the parts. Those that demand nothing but keys of one axis become one that demands any of these keys. */
    private static List<List<Demand>> any(List<List<List<Demand>>> parts) {
        List<List<Demand>> all = new ArrayList<>();
        Map<Axis, LinkedHashSet<Object>> keysOnly = new LinkedHashMap<>();
        for (List<List<Demand>> part : parts) {
            for (List<Demand> demands : part) {
                if (demands.size() == 1 && demands.get(0) instanceof Keys keys) {
                    keysOnly.computeIfAbsent(keys.axis(), axis -> new LinkedHashSet<>())
                            .addAll(keys.keys());
                } else {
                    all.add(demands);
                }
            }
        }
        keysOnly.forEach((axis, keys) -> all.add(List.of(new Keys(axis, List.copyOf(keys)))));
        // Beside one without demands the others say nothing.
        return all.size() > MOST || all.stream().anyMatch(List::isEmpty) ? NO_DEMANDS : all;
    }

    /** All of the parts: each conjunction of one with each of the others. Parts that would make too many are left out. */
    private static List<List<Demand>> every(List<List<List<Demand>>> parts) {
        List<List<Demand>> product = NO_DEMANDS;
        for (List<List<Demand>> part :
                parts.stream().sorted(Comparator.comparingInt(List::size)).toList()) {
            if (product.size() * part.size() > MOST) {
                break;
            }
            List<List<Demand>> next = new ArrayList<>();
            for (List<Demand> left : product) {
                for (List<Demand> right : part) {
                    merged(left, right).ifPresent(next::add);
                }
            }
            product = next;
        }
        return product;
    }

    /** Both lists of demands, those on one axis as one; empty if they contradict each other. */
    private static Optional<List<Demand>> merged(List<Demand> left, List<Demand> right) {
        Map<Object, Demand> byAxis = new LinkedHashMap<>();
        for (List<Demand> demands : List.of(left, right)) {
            for (Demand demand : demands) {
                // An element excludes no other one.
                Object key = demand.axis().aspect() == Aspect.ELEMENT ? demand : demand.axis();
                Demand before = byAxis.get(key);
                Demand both = before == null || before.equals(demand) ? demand : before.and(demand);
                if (both == null) {
                    return Optional.empty();
                }
                byAxis.put(key, both);
            }
        }
        return withoutPresence(List.copyOf(byAxis.values()));
    }

    /** A demand on a value is one on its presence; with one on its absence it cannot be met. */
    private static Optional<List<Demand>> withoutPresence(List<Demand> demands) {
        List<Demand> kept = new ArrayList<>();
        for (Demand demand : demands) {
            Axis axis = demand.axis();
            boolean valued = axis.aspect() == Aspect.PRESENCE
                    && demands.stream()
                            .anyMatch(other -> other.axis().slot() == axis.slot()
                                    && other.axis().aspect() != Aspect.PRESENCE);
            if (!valued) {
                kept.add(demand);
            } else if (!((Keys) demand).keys().contains(true)) {
                return Optional.empty();
            }
        }
        return Optional.of(kept);
    }
}
