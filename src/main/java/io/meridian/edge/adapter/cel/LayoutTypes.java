package io.meridian.edge.adapter.cel;

import com.google.api.expr.v1alpha1.Decl;
import com.google.api.expr.v1alpha1.Type;
import io.meridian.edge.core.model.FactLayout;
import io.meridian.edge.core.model.ValueType;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.NullUnmarked;
import org.projectnessie.cel.checker.Decls;
import org.projectnessie.cel.common.types.pb.ProtoTypeRegistry;
import org.projectnessie.cel.common.types.ref.FieldType;
import org.projectnessie.cel.common.types.ref.TypeProvider;
import org.projectnessie.cel.common.types.ref.TypeRegistry;
import org.projectnessie.cel.common.types.ref.Val;

/**
 * Tells the CEL checker what is in a layout: each group of names is an object type, so that {@code has()} works on its
 * members (it does not on flat dotted names).
 */
@NullUnmarked // answers null for "no such", as the library's interface wants
final class LayoutTypes implements TypeProvider {
    private static final String PREFIX = "meridian.";

    private final TypeRegistry standard = ProtoTypeRegistry.newRegistry();
    private final FactLayout layout;
    private final NameTree names;

    LayoutTypes(FactLayout layout, NameTree names) {
        this.layout = layout;
        this.names = names;
    }

    /** The variables of an expression: the first parts of all names. */
    List<Decl> variables() {
        return names.roots().stream()
                .map(group -> Decls.newVar(group.path, typeOf(group)))
                .toList();
    }

    @Override
    public Type findType(String typeName) {
        NameTree.Group group = group(typeName);
        return group == null ? standard.findType(typeName) : Decls.newTypeType(Decls.newObjectType(typeName));
    }

    @Override
    public FieldType findFieldType(String messageType, String fieldName) {
        NameTree.Group group = group(messageType);
        if (group == null) {
            return standard.findFieldType(messageType, fieldName);
        }
        NameTree.Group member = group.members.get(fieldName);
        return member == null
                ? null
                : new FieldType(
                        typeOf(member),
                        target -> ((Map<?, ?>) target).containsKey(fieldName),
                        target -> read((Map<?, ?>) target, fieldName));
    }

    @Override
    public Val enumValue(String enumName) {
        return standard.enumValue(enumName);
    }

    @Override
    public Val findIdent(String identName) {
        return standard.findIdent(identName);
    }

    @Override
    public Val newValue(String typeName, Map<String, Val> fields) {
        return standard.newValue(typeName, fields);
    }

    /** Reading what is absent is an error in CEL; the library takes an exception for one, but null for a value. */
    private static Object read(Map<?, ?> group, String fieldName) {
        Object value = group.get(fieldName);
        if (value == null) {
            throw new NoSuchElementException("no such key: " + fieldName);
        }
        return value;
    }

    private NameTree.Group group(String typeName) {
        return typeName.startsWith(PREFIX) ? names.find(typeName.substring(PREFIX.length())) : null;
    }

    private Type typeOf(NameTree.Group group) {
        return group.isFact() ? typeOf(layout.slot(group.slot).type()) : Decls.newObjectType(PREFIX + group.path);
    }

    private static Type typeOf(ValueType type) {
        return switch (type) {
            case BOOL -> Decls.Bool;
            case INT -> Decls.Int;
            case DOUBLE -> Decls.Double;
            case STRING -> Decls.String;
            case STRINGS -> Decls.newListType(Decls.String);
        };
    }
}
