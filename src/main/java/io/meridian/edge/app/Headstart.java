package io.meridian.edge.app;

import io.meridian.edge.adapter.cel.CelCompiler;
import io.meridian.edge.adapter.onnx.OnnxModels;
import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.ValueType;
import java.util.List;

/**
 * Begins, while the framework starts on its one thread, what takes long and depends on no configuration: loading the native code
 * of the models and the classes of the language of conditions. Nobody waits for it; whoever needs either first finds it there or
 * loads it as ever.
 */
public final class Headstart {
    private Headstart() {}

    /** Returns at once. */
    public static void begin() {
        daemon("headstart-models", OnnxModels::prepare);
        daemon("headstart-conditions", Headstart::compileSomething);
    }

    private static void compileSomething() {
        FactLayout layout =
                new FactLayout(List.of(new FactLayout.Slot("profile.tier", ValueType.STRING, DataClass.TRANSACTION)));
        new CelCompiler(layout, slot -> List.of()).compile("has(profile.tier) && profile.tier in [\"gold\"]");
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
