package io.pmemcheckj.runtime;

import jdk.internal.misc.VM;

/** What can be known of JDK Flight Recorder without loading any of it, which takes long. */
final class FlightRecorder {
    private static final String OPTION = "-XX:StartFlightRecording";

    private FlightRecorder() {}

    /** Whether the JVM was told to start a recording before the program's main method. */
    static boolean startsWithJvm() {
        for (String argument : VM.getRuntimeArguments()) {
            if (argument.startsWith(OPTION)) {
                return true;
            }
        }
        return false;
    }
}
