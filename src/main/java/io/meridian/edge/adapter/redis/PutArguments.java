package io.meridian.edge.adapter.redis;

import io.meridian.edge.core.model.DataClass;
import io.meridian.edge.core.profile.AttributeContract;
import io.meridian.edge.core.profile.ProfileWriter.Permission;
import java.util.ArrayList;
import java.util.List;

/** What {@link Scripts#PUT} is told of each class, in the order of its keys. */
final class PutArguments {
    private static final byte[] WHATEVER_IS_THERE = {'*'};
    private static final byte[] AS_LONG_AS_BEFORE = {'0'};
    private static final byte[] NOBODY_ASKED = {'-', '1'};
    private static final byte[] NO_PURPOSE = {'0'};

    private final AttributeContract contract;
    private final List<byte[]> arguments = new ArrayList<>();

    PutArguments(AttributeContract contract) {
        this.contract = contract;
    }

    /** Puts a value, empty to delete, in the place of whatever is there; kept as long as the class's retention. */
    void replace(DataClass dataClass, byte[] value, Permission permission) {
        grow(WHATEVER_IS_THERE, value, retention(dataClass));
        ask(dataClass, permission);
    }

    /** Puts a value to which something was added in the place of the one that was read; kept as long as the class's retention. */
    void extend(DataClass dataClass, byte[] before, byte[] value, Permission permission) {
        grow(expected(before), value, retention(dataClass));
        ask(dataClass, permission);
    }

    /** Puts what is left of the value that was read in its place. Nobody is asked, and so it is kept no longer than before. */
    void reduce(byte[] before, byte[] value) {
        grow(expected(before), value, AS_LONG_AS_BEFORE);
        arguments.add(NOBODY_ASKED);
        arguments.add(NO_PURPOSE);
        arguments.add(NO_PURPOSE);
    }

    List<byte[]> all() {
        return arguments;
    }

    private void grow(byte[] expected, byte[] value, byte[] seconds) {
        arguments.add(expected);
        arguments.add(value);
        arguments.add(seconds);
    }

    private void ask(DataClass dataClass, Permission permission) {
        int index = dataClass.ordinal();
        arguments.add(ScriptCaller.bytes(permission.ifGiven()[index]));
        arguments.add(ScriptCaller.bytes(permission.ifExplicit()[index]));
        arguments.add(ScriptCaller.bytes(permission.unlessRefused()[index]));
    }

    private byte[] retention(DataClass dataClass) {
        return ScriptCaller.bytes(Math.max(1, contract.retentionSeconds(dataClass)));
    }

    private static byte[] expected(byte[] before) {
        byte[] expected = new byte[before.length + 1];
        expected[0] = '=';
        System.arraycopy(before, 0, expected, 1, before.length);
        return expected;
    }
}
