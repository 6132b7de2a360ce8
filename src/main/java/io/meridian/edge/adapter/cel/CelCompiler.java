package io.meridian.edge.adapter.cel;

import com.google.api.expr.v1alpha1.ParsedExpr;
import io.meridian.edge.core.eligibility.Condition;
import io.meridian.edge.core.eligibility.Expression;
import io.meridian.edge.core.model.FactLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.projectnessie.cel.Ast;
import org.projectnessie.cel.CEL;
import org.projectnessie.cel.Env;
import org.projectnessie.cel.EnvOption;
import org.projectnessie.cel.Issues;
import org.projectnessie.cel.parser.Macro;

/**
 * Compiles CEL text into conditions over one layout.
 *
 * <p>The way: bounds and grammar ({@link Syntax}); the library's parser; our own translation, which knows the subset and
 * tells all problems at once; last the library's checker, which must agree. The subset: {@code && || ! ?:}, comparisons of two values of one
 * type, {@code in} with a list of literals or an attribute of several strings, arithmetic on two whole numbers or two doubles,
 * {@code double(whole number)}, {@code startsWith endsWith contains size has}.
 *
 * <p>Not safe for several threads at once: the library's checker changes its environment while it works. Costs
 * about a millisecond to make; use one for all conditions of a layout.
 */
public final class CelCompiler {
    /** What became of a text. */
    public sealed interface Result {}

    /** It is a condition. */
    public record Compiled(Condition condition) implements Result {}

    /** It is not; at least one problem, by line and column. */
    public record Problems(List<CelProblem> problems) implements Result {}

    private final FactLayout layout;
    private final IntFunction<List<String>> allowedValues;
    private final NameTree names;
    private final Env environment;

    /**
     * @param layout no name may be the beginning of another one, as in {@code page} and {@code page.type}: that is an
     *     {@link IllegalArgumentException}
     * @param allowedValues the values a slot's strings may take; empty if any
     */
    public CelCompiler(FactLayout layout, IntFunction<List<String>> allowedValues) {
        this.layout = layout;
        this.allowedValues = allowedValues;
        this.names = new NameTree(layout);
        LayoutTypes types = new LayoutTypes(layout, names);
        List<Macro> onlyHas = Macro.AllMacros.stream()
                .filter(macro -> macro.function().equals("has"))
                .toList();
        this.environment = Env.newEnv(
                EnvOption.customTypeProvider(types),
                EnvOption.declarations(types.variables()),
                EnvOption.clearMacros(),
                EnvOption.macros(onlyHas));
    }

    /** Compiles a condition that may read everything in the layout. */
    public Result compile(String text) {
        return compile(text, names.roots().stream().map(root -> root.path).collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Compiles a condition.
     *
     * @param allowedRoots what it may read, by the first part of the name, for example {@code context}
     */
    public Result compile(String text, Set<String> allowedRoots) {
        Positions positions = new Positions(text);
        CelProblem malformed = Syntax.check(text, positions);
        if (malformed != null) {
            return new Problems(List.of(malformed));
        }
        Env.AstIssuesTuple parsed = environment.parse(text);
        if (parsed.hasIssues()) {
            return problems(parsed.getIssues());
        }
        ParsedExpr tree = CEL.astToParsedExpr(parsed.getAst());
        Translator translator = new Translator(
                new Names(layout, names, allowedValues, allowedRoots),
                new Places(text, positions, tree.getSourceInfo().getPositionsMap()));
        Expression expression = translator.condition(tree.getExpr());
        if (expression == null) {
            return new Problems(translator.problems());
        }
        return confirm(parsed.getAst(), new Condition(expression, layout, text));
    }

    /** The library must find the text type-correct as well: what only we accept is not CEL. */
    private Result confirm(Ast ast, Condition condition) {
        try {
            Env.AstIssuesTuple checked = environment.check(ast);
            return checked.hasIssues() ? problems(checked.getIssues()) : new Compiled(condition);
        } catch (RuntimeException e) {
            // The checker throws instead of reporting in some cases; none is known for what we translate.
            return new Problems(List.of(new CelProblem(1, 1, "CEL's checker refuses the condition", "")));
        }
    }

    private static Problems problems(Issues issues) {
        List<CelProblem> problems = new ArrayList<>();
        issues.getErrors()
                .forEach(error -> problems.add(new CelProblem(
                        Math.max(1, error.getLocation().line()),
                        Math.max(0, error.getLocation().column()) + 1,
                        error.getMessage(),
                        error.getMessage().contains("has()") ? "write has(…) around one attribute" : "")));
        return new Problems(problems.stream().distinct().sorted().toList());
    }
}
