package io.meridian.edge.nativeimage;

import com.sun.jdi.ArrayReference;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.ClassObjectReference;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.StringReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.Value;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Runs a class's {@code main} in a JVM of its own and tells what was looked up by name in it, and by whom. */
final class LookupTrace {
    private static final Map<String, Set<String>> WATCHED = Map.of(
            "java.lang.Class",
            Set.of(
                    "forName",
                    "getMethod",
                    "getDeclaredMethod",
                    "getField",
                    "getDeclaredField",
                    "getDeclaredFields",
                    "getConstructor",
                    "getDeclaredConstructor",
                    "getResource",
                    "getResourceAsStream"),
            "java.lang.ClassLoader",
            Set.of("getResource", "getResourceAsStream"),
            "java.lang.reflect.Array",
            Set.of("newInstance"));

    private final Predicate<String> callers;
    private final Set<Lookup> lookups = new LinkedHashSet<>();

    private LookupTrace(Predicate<String> callers) {
        this.callers = callers;
    }

    /** What came of a run: what was looked up, and what the process printed. */
    record Run(Set<Lookup> lookups, int exit, String output) {}

    /** Runs {@code main}; only what {@code callers} looked up is told. */
    static Run run(String main, Predicate<String> callers) throws Exception {
        LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("main").setValue(main);
        arguments
                .get("options")
                .setValue("-Xshare:auto -XX:TieredStopAtLevel=1 -cp \"" + System.getProperty("java.class.path") + "\"");
        VirtualMachine vm = connector.launch(arguments);
        Process process = vm.process();
        try {
            StringBuilder output = new StringBuilder();
            List<Thread> readers =
                    List.of(reading(process.getInputStream(), output), reading(process.getErrorStream(), output));
            LookupTrace trace = new LookupTrace(callers);
            trace.watch(vm);
            int exit = process.waitFor();
            for (Thread reader : readers) {
                reader.join();
            }
            return new Run(trace.lookups, exit, output.toString());
        } finally {
            process.destroyForcibly();
        }
    }

    private static Thread reading(InputStream in, StringBuilder into) {
        Thread thread = new Thread(() -> {
            try {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                synchronized (into) {
                    into.append(text);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.start();
        return thread;
    }

    private void watch(VirtualMachine vm) throws InterruptedException {
        for (String type : WATCHED.keySet()) {
            vm.classesByName(type).forEach(LookupTrace::stopIn);
            ClassPrepareRequest request = vm.eventRequestManager().createClassPrepareRequest();
            request.addClassFilter(type);
            request.enable();
        }
        try {
            while (true) {
                EventSet events = vm.eventQueue().remove();
                for (Event event : events) {
                    if (event instanceof ClassPrepareEvent prepared) {
                        stopIn(prepared.referenceType());
                    } else if (event instanceof BreakpointEvent stop) {
                        note(stop);
                    }
                }
                events.resume();
            }
        } catch (VMDisconnectedException ended) {
            // It ran to its end.
        }
    }

    private static void stopIn(ReferenceType type) {
        for (Method method : type.methods()) {
            if (WATCHED.get(type.name()).contains(method.name()) && !method.isNative()) {
                BreakpointRequest request =
                        type.virtualMachine().eventRequestManager().createBreakpointRequest(method.location());
                request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
                request.enable();
            }
        }
    }

    private void note(BreakpointEvent stop) {
        try {
            StackFrame asked = stop.thread().frame(0);
            String caller = stop.thread().frame(1).location().declaringType().name();
            if (callers.test(caller)) {
                lookups.add(lookup(asked, caller));
            }
        } catch (IncompatibleThreadStateException e) {
            throw new IllegalStateException("the thread stands at a breakpoint", e);
        }
    }

    private static Lookup lookup(StackFrame asked, String caller) {
        List<Value> arguments = asked.getArgumentValues();
        String name = arguments.isEmpty() ? "" : text(arguments.get(0));
        String kind = asked.location().method().name();
        if (kind.equals("forName")) {
            return new Lookup(kind, name, "", List.of(), caller);
        }
        if (kind.equals("newInstance")) {
            return new Lookup(kind, name + "[]", "", List.of(), caller);
        }
        String type = asked.thisObject() instanceof ClassObjectReference self
                ? self.reflectedType().name()
                : "";
        List<String> parameters = new ArrayList<>();
        for (Value argument : arguments) {
            if (argument instanceof ArrayReference array) {
                array.getValues().forEach(value -> parameters.add(text(value)));
            }
        }
        return new Lookup(kind, type, name.startsWith("[") ? "" : name, parameters, caller);
    }

    private static String text(Value value) {
        if (value instanceof StringReference string) {
            return string.value();
        }
        return value instanceof ClassObjectReference type ? type.reflectedType().name() : "[" + value;
    }
}
