package io.pmemcheckj.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The traced program: it has our stdin, stdout and stderr themselves, so that nothing is copied and nothing that holds
 * them open can hold us up, and it gets the signals we get.
 */
final class TracedProcess {
    private final Process process;
    private final Console console;
    private int signalsAfterEnd;

    private TracedProcess(Process process, Console console) {
        this.process = process;
        this.console = console;
    }

    /**
     * Starts the program. Signals go to it from now on; once it has ended, the first is held back for the reports to be
     * finished, and a second ends this process.
     *
     * @param agent jar and options, as {@code -javaagent} takes them
     * @throws CommandException when the JVM cannot be started
     */
    static TracedProcess start(JavaRuntime java, String agent, Program program, Console console) {
        List<String> command = new ArrayList<>();
        command.add(java.executable().toString());
        command.add("-javaagent:" + agent);
        command.addAll(program.javaArguments());
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            TracedProcess traced = new TracedProcess(process, console);
            Signals.handle(traced::signal);
            return traced;
        } catch (IOException e) {
            throw CommandException.usage("cannot start " + java.executable() + ": " + Console.reason(e));
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end of the program; its exit code is 128 + n after signal n. */
    int waitFor() {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                // Nobody interrupts this thread to any purpose: the program decides when it is over.
            }
        }
    }

    private synchronized void signal(String name) {
        if (process.isAlive()) {
            forward(name);
        } else if (++signalsAfterEnd == 1) {
            console.say("the program has ended, finishing the reports; once more to stop without them");
        } else {
            Runtime.getRuntime().halt(128 + number(name));
        }
    }

    private void forward(String name) {
        if (name.equals("TERM")) {
            process.destroy();
        } else if (!Terminal.inForeground()) {
            // On a terminal the program has got it already, and twice is not the same as once.
            send(name);
        }
    }

    private void send(String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
        } catch (IOException e) {
            console.say("cannot pass the signal " + name + " on to the program: " + Console.reason(e));
        }
    }

    private static int number(String name) {
        return switch (name) {
            case "HUP" -> 1;
            case "INT" -> 2;
            default -> 15;
        };
    }
}
