package io.meridian.edge.benchmark.rules;

import static org.projectnessie.cel.EnvOption.declarations;

import java.util.List;
import java.util.Map;
import org.projectnessie.cel.Env;
import org.projectnessie.cel.Program;
import org.projectnessie.cel.checker.Decls;

/** Generated rules as programs of the CEL library, each evaluated with its own evaluator. */
public final class CelRules {
    private final Program[] programs;
    private final List<Map<String, Object>> visitors;

    public CelRules(List<Rule> rules, List<Map<String, Object>> visitors) {
        Env environment = Env.newEnv(declarations(
                Decls.newVar("profile", Decls.newMapType(Decls.String, Decls.Dyn)),
                Decls.newVar("context", Decls.newMapType(Decls.String, Decls.Dyn))));
        this.programs =
                rules.stream().map(rule -> program(environment, rule.cel())).toArray(Program[]::new);
        this.visitors = visitors;
    }

    private static Program program(Env environment, String text) {
        Env.AstIssuesTuple checked = environment.check(environment.parse(text).getAst());
        if (checked.hasIssues()) {
            throw new IllegalStateException(text + ": " + checked.getIssues());
        }
        return environment.program(checked.getAst());
    }

    /** How many rules are true for a visitor. */
    public int match(int visitor) {
        Map<String, Object> bindings = visitors.get(visitor);
        int count = 0;
        for (Program program : programs) {
            count += program.eval(bindings).getVal().booleanValue() ? 1 : 0;
        }
        return count;
    }
}
