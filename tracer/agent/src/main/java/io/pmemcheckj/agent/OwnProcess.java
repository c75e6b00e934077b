package io.pmemcheckj.agent;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM that runs a class of our jar beside the traced one. */
final class OwnProcess {
    private OwnProcess() {}

    /**
     * A process to be started, with nothing on stdin and nowhere for its stdout.
     *
     * @param mainClass binary name
     * @throws AgentException when our jar cannot be found
     */
    static ProcessBuilder of(String mainClass, List<String> arguments) throws AgentException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                OwnJar.file().getPath(),
                mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // Options meant for the program would put this process under the agent as well, and print on its stderr.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }
}
