package io.pmemcheckj.agent;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;

/** Attaches the agent to another JVM; in a process of its own, as a JVM does not let itself be attached to. */
public final class Attacher {
    /** Patience with a busy machine, in milliseconds. */
    private static final String TIMEOUT = "60000";

    private Attacher() {}

    /**
     * Prints why it failed, on stderr.
     *
     * @param arguments process id, jar of the agent, options of the agent
     */
    public static void main(String[] arguments) {
        System.setProperty("sun.tools.attach.attachTimeout", TIMEOUT);
        try {
            VirtualMachine machine = VirtualMachine.attach(arguments[0]);
            machine.loadAgent(arguments[1], arguments[2]);
            machine.detach();
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException | IOException e) {
            fail(e.getMessage());
        } catch (LinkageError e) {
            fail("this Java runtime has no module jdk.attach");
        }
    }

    private static void fail(String reason) {
        System.err.println(reason);
        System.exit(1);
    }
}
