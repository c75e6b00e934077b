package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;

/** Which calls in one class need a mark: those into the JDK that may store, and those into libraries whose models say so. */
final class MarkedCalls {
    private final LibraryCalls libraries;
    private final String className;
    private final String superName;

    MarkedCalls(LibraryCalls libraries, String className, String superName) {
        this.libraries = libraries;
        this.className = className;
        this.superName = superName;
    }

    /** True when the call needs a mark. */
    boolean contains(int opcode, String owner, String name, String descriptor) {
        return StoringCalls.contains(opcode, owner, name, descriptor)
                || libraries.callsLibrary(owner)
                // a method that this class inherits from a library's
                || opcode == INVOKEVIRTUAL && owner.equals(className) && libraries.callsLibrary(superName)
                || libraries.nativeCall(owner, name, descriptor) != LibraryCalls.NONE;
    }
}
