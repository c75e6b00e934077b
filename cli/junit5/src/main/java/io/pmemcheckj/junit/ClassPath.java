package io.pmemcheckj.junit;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where this JVM has its classes from, as one class path; modules of the program become part of it. */
final class ClassPath {
    private ClassPath() {}

    static String ofThisJvm() {
        List<String> entries = new ArrayList<>();
        for (String property : List.of("java.class.path", "jdk.module.path")) {
            for (String entry : System.getProperty(property, "").split(File.pathSeparator)) {
                if (!entry.isEmpty()) {
                    // the JVMs that get it may run elsewhere
                    entries.add(Path.of(entry).toAbsolutePath().toString());
                }
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    static String withFirst(Path folder) {
        return folder + File.pathSeparator + ofThisJvm();
    }
}
