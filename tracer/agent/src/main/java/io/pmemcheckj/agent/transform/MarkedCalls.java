package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;

/**
 * Which calls in one class need a mark: those into the JDK that may store, or load where that is recorded, and those into
 * libraries whose models say so.
 */
final class MarkedCalls {
    private final LibraryCalls libraries;
    private final String className;
    private final String superName;
    private final boolean loads;

    MarkedCalls(LibraryCalls libraries, String className, String superName, boolean loads) {
        this.libraries = libraries;
        this.className = className;
        this.superName = superName;
        this.loads = loads;
    }

    /** True when the call needs a mark. */
    boolean contains(int opcode, String owner, String name, String descriptor) {
        return StoringCalls.contains(opcode, owner, name, descriptor)
                || loads && LoadingCalls.contains(owner, name)
                || libraries.callsLibrary(owner)
                // a method that this class inherits from a library's
                || opcode == INVOKEVIRTUAL && owner.equals(className) && libraries.callsLibrary(superName)
                || libraries.nativeCall(owner, name, descriptor) != LibraryCalls.NONE;
    }
}
