package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_VOLATILE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/**
 * Which fields of the program are volatile. A class that uses a field of another is often woven before that one is loaded,
 * so such a field gets a number, and the runtime hears of the number when the class that declares it is woven: that is before
 * the field is used. Classes of one name in several class loaders count as one.
 */
public final class VolatileFields {
    /** Classes of the JDK that write their fields by compare-and-set and read them plainly, between fences. */
    private static final Set<String> FENCED = Set.of(
            "java/util/concurrent/ConcurrentSkipListMap",
            "java/util/concurrent/ConcurrentSkipListMap$Node",
            "java/util/concurrent/ConcurrentSkipListMap$Index");

    private record Field(String owner, String name) {}

    private record Declared(String superName, Set<String> names, Set<String> volatileNames) {}

    private final IntConsumer isVolatile;
    private final Map<Field, Integer> numbers = new HashMap<>();
    private final Map<String, Declared> classes = new HashMap<>();
    private final Map<String, List<Field>> unresolved = new HashMap<>();

    /** @param isVolatile hears of each numbered field that turns out to be volatile */
    public VolatileFields(IntConsumer isVolatile) {
        this.isVolatile = isVolatile;
    }

    /** Whether threads hand something over by the field. */
    static boolean isVolatile(ClassNode owner, FieldNode field) {
        return (field.access & ACC_VOLATILE) != 0 || FENCED.contains(owner.name) && (field.access & ACC_FINAL) == 0;
    }

    /** A class is being woven. */
    synchronized void declare(ClassNode type) {
        Set<String> names = new HashSet<>();
        Set<String> volatileNames = new HashSet<>();
        for (FieldNode field : type.fields) {
            names.add(field.name);
            if (isVolatile(type, field)) {
                volatileNames.add(field.name);
            }
        }
        classes.put(type.name, new Declared(type.superName, names, volatileNames));
        List<Field> waiting = unresolved.remove(type.name);
        if (waiting != null) {
            waiting.forEach(field -> resolve(field, type.name));
        }
    }

    /** The number of a field, whatever class declares it for the one that is named. */
    synchronized int number(String owner, String name) {
        Field field = new Field(owner, name);
        Integer number = numbers.get(field);
        if (number == null) {
            number = numbers.size();
            numbers.put(field, number);
            resolve(field, owner);
        }
        return number;
    }

    /** Looks for the declaration from a class upwards, as far as classes are known. */
    private void resolve(Field field, String from) {
        String owner = from;
        Declared declared = classes.get(owner);
        while (declared != null && !declared.names.contains(field.name)) {
            owner = declared.superName;
            declared = owner == null ? null : classes.get(owner);
        }
        if (declared != null) {
            if (declared.volatileNames.contains(field.name)) {
                isVolatile.accept(numbers.get(field));
            }
        } else if (owner != null) {
            unresolved.computeIfAbsent(owner, key -> new ArrayList<>()).add(field);
        }
    }
}
