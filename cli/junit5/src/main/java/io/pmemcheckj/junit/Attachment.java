package io.pmemcheckj.junit;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Attaches the agent to this JVM where it is not on the command line. */
final class Attachment {
    /** Where the agent says why it did not start. */
    private static final String FAILURE = "pmemcheckj.attach.failure";

    /** Names a file to keep the trace in. */
    private static final String TRACE = "pmemcheckj.trace";

    /** More options for the agent. */
    private static final String OPTIONS = "pmemcheckj.agent";

    private static String failure;

    private Attachment() {}

    /** Attaches the agent if need be, and once. @return why this JVM is not traced, null if it is */
    static synchronized String ensure() {
        if (TestRequests.isActive()) {
            return null;
        }
        if (failure == null) {
            String reason = attach();
            failure = reason == null
                    ? null
                    : "pmemcheck-j cannot attach itself to this JVM: " + reason
                            + "; start it with -javaagent:pmemcheck-j.jar=no-trace (Surefire: argLine), or with what lets agents"
                            + " be attached (-XX:+EnableDynamicAgentLoading, module jdk.attach)";
        }
        return failure;
    }

    private static String attach() {
        if (isAttachingDisabled()) { // asking would make the JVM print a thread dump
            return "-XX:+DisableAttachMechanism forbids it";
        }
        Path output = null;
        try {
            output = Files.createTempFile("pmemcheck-j", ".txt");
            int exit = Tool.find().attach(ProcessHandle.current().pid(), agentOptions(), output);
            String said = Files.readString(output).strip().replaceAll("\\s*\\R\\s*", " ");
            if (exit != 0) {
                return said.isEmpty() ? "exit code " + exit : said;
            }
        } catch (IOException | IllegalStateException e) {
            return e.getMessage();
        } finally {
            delete(output);
        }
        return TestRequests.isActive() ? null : System.getProperty(FAILURE, "the agent did not start");
    }

    private static String agentOptions() {
        String trace = System.getProperty(TRACE);
        String more = System.getProperty(OPTIONS);
        return (trace == null ? "no-trace" : "keep-trace=" + Path.of(trace).toAbsolutePath())
                + (more == null ? "" : "," + more);
    }

    private static boolean isAttachingDisabled() {
        try {
            return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .getVMOption("DisableAttachMechanism")
                    .getValue()
                    .equals("true");
        } catch (RuntimeException | LinkageError e) {
            return false; // no such option, or no module to ask for it
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A leftover in the folder for such files.
        }
    }
}
