package io.pmemcheckj.models;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Compiles model files from the command line: for the build, and for an agent that was given YAML. */
public final class CompileModels {
    private CompileModels() {}

    /**
     * Compiles.
     *
     * @param arguments the file to write, then model files and folders of them; at an error its message goes to stderr and the
     *     exit code is 2
     * @throws IOException when the file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        try {
            Path target = Path.of(arguments[0]);
            List<Path> files = new ArrayList<>();
            for (int i = 1; i < arguments.length; i++) {
                files.addAll(modelFiles(Path.of(arguments[i])));
            }
            List<String> compiled = ModelCompiler.compile(files);
            if (target.getParent() != null) {
                Files.createDirectories(target.getParent());
            }
            Files.write(target, compiled);
        } catch (ModelException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static List<Path> modelFiles(Path file) throws IOException {
        if (!Files.isDirectory(file)) {
            return List.of(file);
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(file, "*.yaml")) {
            all.forEach(files::add);
        }
        Collections.sort(files);
        return files;
    }
}
