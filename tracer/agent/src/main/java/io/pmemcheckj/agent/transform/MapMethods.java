package io.pmemcheckj.agent.transform;

import static org.objectweb.asm.Opcodes.*;

import io.pmemcheckj.agent.RuntimeInjector;
import org.objectweb.asm.MethodVisitor;

/** Mapping and unmapping of files by FileChannelImpl, and the emulation of MAP_SYNC. */
final class MapMethods {
    private static final String CHANNEL = "sun/nio/ch/FileChannelImpl";
    private static final String UNMAPPER = "sun/nio/ch/FileChannelImpl$Unmapper";
    private static final String MAP_INTERNAL = "(Ljava/nio/channels/FileChannel$MapMode;JJIZ)L" + UNMAPPER + ";";

    /** On JDK 17; later ones have it in the dispatcher. */
    private static final String TRANSFER_TO = "(JILjava/nio/channels/WritableByteChannel;Ljava/io/FileDescriptor;)J";

    private MapMethods() {}

    /**
     * {@code Unmapper mapInternal(MapMode mode, long position, long size, int prot, boolean isSync)}; the channel's
     * other method of interest is its force.
     */
    static MethodVisitor channel(MethodVisitor next, String name, String descriptor) {
        if (name.equals("force") && descriptor.equals("(Z)V")) {
            return ForceMethods.channel(next, CHANNEL);
        }
        if (isTransferTo(name, descriptor)) {
            return DispatcherMethods.reportCopy(next, 5, -1);
        }
        if (!name.equals("mapInternal") || !descriptor.equals(MAP_INTERNAL)) {
            return null;
        }
        return new BeforeReturn(next, 14) {
            @Override
            void emit(MethodVisitor method) {
                reportMapped(method);
            }

            @Override
            public void visitMethodInsn(int opcode, String owner, String called, String type, boolean isInterface) {
                // The native call, map0(int, long, long, boolean) on 17 and FileDispatcher.map(FileDescriptor, int,
                // long, long, boolean) on 25: its last argument asks for MAP_SYNC.
                if ((called.equals("map0") || called.equals("map")) && type.endsWith("Z)J")) {
                    visitVarInsn(ALOAD, 0);
                    visitFieldInsn(GETFIELD, CHANNEL, "path", "Ljava/lang/String;");
                    super.visitMethodInsn(
                            INVOKESTATIC, RuntimeInjector.HOOKS, "mapSync", "(ZLjava/lang/String;)Z", false);
                }
                super.visitMethodInsn(opcode, owner, called, type, isInterface);
            }
        };
    }

    /** The method that has the kernel copy to another file, on JDK 17. */
    static boolean isTransferTo(String name, String descriptor) {
        return name.equals("transferToDirectlyInternal") && descriptor.equals(TRANSFER_TO);
    }

    /** Emits the report; the stack holds the Unmapper, or null where nothing was mapped. */
    private static void reportMapped(MethodVisitor method) {
        // The runtime gets the Unmapper apart, so that no branch is needed here.
        method.visitInsn(DUP);
        method.visitVarInsn(ALOAD, 0);
        method.visitFieldInsn(GETFIELD, CHANNEL, "fd", "Ljava/io/FileDescriptor;");
        method.visitVarInsn(ALOAD, 0);
        method.visitFieldInsn(GETFIELD, CHANNEL, "path", "Ljava/lang/String;");
        method.visitVarInsn(LLOAD, 2);
        method.visitVarInsn(LLOAD, 4);
        method.visitVarInsn(ILOAD, 6);
        method.visitVarInsn(ILOAD, 7);
        method.visitMethodInsn(
                INVOKESTATIC,
                RuntimeInjector.HOOKS,
                "mapped",
                "(Ljava/lang/Object;Ljava/io/FileDescriptor;Ljava/lang/String;JJIZ)V",
                false);
    }

    /** {@code void Unmapper.unmap()}: all three ways to unmap (cleaner, invokeCleaner, arena) lead here. */
    static MethodVisitor unmapper(MethodVisitor next, String name, String descriptor) {
        if (!name.equals("unmap") || !descriptor.equals("()V")) {
            return null;
        }
        return new MethodVisitor(ASM9, next) {
            @Override
            public void visitCode() {
                super.visitCode();
                visitVarInsn(ALOAD, 0);
                visitFieldInsn(GETFIELD, UNMAPPER, "address", "J");
                visitVarInsn(ALOAD, 0);
                visitFieldInsn(GETFIELD, UNMAPPER, "size", "J");
                visitMethodInsn(INVOKESTATIC, RuntimeInjector.HOOKS, "unmapping", "(JJ)V", false);
            }

            @Override
            public void visitMaxs(int maxStack, int maxLocals) {
                super.visitMaxs(Math.max(maxStack, 5), maxLocals);
            }
        };
    }
}
