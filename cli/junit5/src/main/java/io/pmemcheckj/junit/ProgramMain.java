package io.pmemcheckj.junit;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Main class of the traced JVM. */
final class ProgramMain {
    private ProgramMain() {}

    /** @param arguments file of the serialized program, and its folder */
    public static void main(String[] arguments) throws Exception {
        try (InputStream file = Files.newInputStream(Path.of(arguments[0]))) {
            CrashTest.Program program = (CrashTest.Program) Captured.read(file, ProgramMain.class.getClassLoader());
            program.run(Path.of(arguments[1]));
        }
        // Threads that the program leaves behind, a pool's for example, must not keep the test waiting.
        System.exit(0);
    }
}
