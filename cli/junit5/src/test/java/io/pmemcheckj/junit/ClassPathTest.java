package io.pmemcheckj.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsThereIsNamedOnceAndAbsolute() throws Exception {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path jar = Files.createFile(folder.resolve("module.jar"));
        String classPath = String.join(
                File.pathSeparator,
                classes.toString(),
                "",
                folder.resolve("never-made").toString(),
                "src");
        String modulePath = String.join(File.pathSeparator, jar.toString(), classes.toString());

        assertEquals(
                String.join(
                        File.pathSeparator,
                        classes.toString(),
                        Path.of("src").toAbsolutePath().toString(),
                        jar.toString()),
                ClassPath.of(classPath, modulePath));
    }
}
