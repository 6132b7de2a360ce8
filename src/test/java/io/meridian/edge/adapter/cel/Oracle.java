package io.meridian.edge.adapter.cel;

import static org.projectnessie.cel.EnvOption.customTypeProvider;
import static org.projectnessie.cel.EnvOption.declarations;

import io.meridian.edge.core.eligibility.Truth;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.Facts;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.projectnessie.cel.Env;
import org.projectnessie.cel.Program;
import org.projectnessie.cel.ProgramOption;
import org.projectnessie.cel.common.types.BoolT;
import org.projectnessie.cel.common.types.Err;
import org.projectnessie.cel.common.types.Types;
import org.projectnessie.cel.common.types.ref.Val;
import org.projectnessie.cel.interpreter.Activation;
import org.projectnessie.cel.interpreter.Interpretable;
import org.projectnessie.cel.interpreter.Interpretable.InterpretableCall;

/** The CEL library's own evaluator. Knows absent facts, not unknown ones: there its {@code ==} answers false. */
final class Oracle {
    private static final Set<String> ORDERINGS = Set.of("_<_", "_<=_", "_>_", "_>=_");

    private final FactLayout layout;
    private final Env environment;

    Oracle(FactLayout layout) {
        this.layout = layout;
        LayoutTypes types = new LayoutTypes(layout, new NameTree(layout));
        this.environment = Env.newEnv(customTypeProvider(types), declarations(types.variables()));
    }

    Program program(String text) {
        Env.AstIssuesTuple parsed = environment.parse(text);
        Env.AstIssuesTuple checked = environment.check(parsed.getAst());
        if (checked.hasIssues()) {
            throw new AssertionError(text + " -> " + checked.getIssues());
        }
        return environment.program(checked.getAst(), ProgramOption.customDecorator(Oracle::orderedAsSpecified));
    }

    /**
     * The language definition orders doubles by IEEE 754 (nothing is less or greater than what is not a number) and strings by code point;
     * the library uses {@link Double#compare} and {@link String#compareTo}. Where these differ the definition counts.
     */
    private static Interpretable orderedAsSpecified(Interpretable plain) {
        if (!(plain instanceof InterpretableCall call) || !ORDERINGS.contains(call.function())) {
            return plain;
        }
        return new Interpretable() {
            @Override
            public long id() {
                return plain.id();
            }

            @Override
            public Val eval(Activation activation) {
                Val first = call.args()[0].eval(activation);
                Val second = call.args()[1].eval(activation);
                if (Err.isError(first) || Err.isError(second)) {
                    return plain.eval(activation);
                }
                Object left = first.value();
                Object right = second.value();
                boolean unordered = left instanceof Double a && right instanceof Double b && (a.isNaN() || b.isNaN());
                if (left instanceof String a && right instanceof String b) {
                    int order = Arrays.compare(
                            a.codePoints().toArray(), b.codePoints().toArray());
                    return Types.boolOf(
                            switch (call.function()) {
                                case "_<_" -> order < 0;
                                case "_<=_" -> order <= 0;
                                case "_>_" -> order > 0;
                                default -> order >= 0;
                            });
                }
                return unordered ? BoolT.False : plain.eval(activation);
            }
        };
    }

    byte evaluate(Program program, Map<String, Object> bindings) {
        Val value;
        try {
            value = program.eval(bindings).getVal();
        } catch (RuntimeException mistyped) {
            // So the library answers where a value is of another type than declared.
            return Truth.ERROR;
        }
        if (Err.isError(value)) {
            return Truth.ERROR;
        }
        return value.booleanValue() ? Truth.TRUE : Truth.FALSE;
    }

    /**
     * The facts as nested maps, absent ones left out.
     *
     * @param mistyped slots that get a value of another type
     */
    Map<String, Object> bindings(Facts facts, BitSet mistyped) {
        Map<String, Object> bindings = new HashMap<>();
        for (int slot = 0; slot < layout.size(); slot++) {
            String[] parts = layout.slot(slot).name().split("\\.");
            Map<String, Object> at = bindings;
            for (int i = 0; i < parts.length - 1; i++) {
                at = group(at, parts[i]);
            }
            if (mistyped.get(slot)) {
                at.put(parts[parts.length - 1], otherType(slot));
            } else if (facts.state(slot) == Facts.PRESENT) {
                at.put(parts[parts.length - 1], value(facts, slot));
            }
        }
        return bindings;
    }

    @SuppressWarnings("unchecked") // only made here
    private static Map<String, Object> group(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.computeIfAbsent(name, missing -> new HashMap<String, Object>());
    }

    private Object otherType(int slot) {
        return switch (layout.slot(slot).type()) {
            case BOOL -> "true";
            case INT -> 1.5;
            case DOUBLE -> "0.5";
            case STRING -> 7L;
            case STRINGS -> "gold";
        };
    }

    private Object value(Facts facts, int slot) {
        return switch (layout.slot(slot).type()) {
            case BOOL -> facts.boolAt(slot);
            case INT -> facts.longAt(slot);
            case DOUBLE -> facts.doubleAt(slot);
            case STRING -> facts.stringAt(slot);
            case STRINGS -> Arrays.asList(facts.stringsAt(slot));
        };
    }
}
