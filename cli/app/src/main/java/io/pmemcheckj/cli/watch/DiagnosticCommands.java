package io.pmemcheckj.cli.watch;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;

/** Asks a JVM on this machine what {@code jcmd} can ask. */
final class DiagnosticCommands {
    private final long pid;

    DiagnosticCommands(long pid) {
        this.pid = pid;
    }

    /** What the JVM answers to a command of jcmd. */
    String run(String command) throws WatchException {
        return attached(jvm -> {
            // Of a package that is not exported; the manifest of the jar has Add-Exports for it.
            try (InputStream answer = (InputStream) Class.forName("sun.tools.attach.HotSpotVirtualMachine")
                    .getMethod("executeJCmd", String.class)
                    .invoke(jvm, command)) {
                return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            }
        });
    }

    /** A system property, null where it has none of that name. */
    String property(String name) throws WatchException {
        return attached(jvm -> jvm.getSystemProperties().getProperty(name));
    }

    private interface Question<T> {
        T ask(VirtualMachine jvm) throws Exception;
    }

    private <T> T attached(Question<T> question) throws WatchException {
        try {
            return Patience.call(() -> {
                VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
                try {
                    return question.ask(jvm);
                } finally {
                    jvm.detach();
                }
            });
        } catch (TimeoutException e) {
            throw WatchException.blind("process " + pid + " does not answer; is it stopped?");
        } catch (AttachNotSupportedException e) {
            throw WatchException.blind("process " + pid + " cannot be attached to: " + firstLine(e)
                    + " (-XX:+DisableAttachMechanism forbids it)");
        } catch (InvocationTargetException e) {
            throw WatchException.blind("process " + pid + " refuses: " + firstLine(e.getCause()));
        } catch (Exception e) {
            throw WatchException.blind("process " + pid + " cannot be asked: " + firstLine(e));
        }
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
