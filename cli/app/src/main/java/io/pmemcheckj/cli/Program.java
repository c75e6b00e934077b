package io.pmemcheckj.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * The program to trace.
 *
 * @param command as the user gave it: the jar and its arguments, or what stood behind {@code --}
 * @param javaArguments what to put behind {@code java}
 */
record Program(List<String> command, List<String> javaArguments) {

    /**
     * @param words what stood behind the options of {@code run}
     * @param verbatim whether the words stood behind {@code --}: a java command line rather than a jar and its arguments
     * @throws CommandException when there is nothing to run
     */
    static Program of(List<String> words, boolean verbatim) {
        if (words.isEmpty()) {
            throw CommandException.usage(
                    verbatim
                            ? "nothing to run behind --; write what you would write behind java"
                            : "nothing to run; name a jar, or write -- and what you would write behind java");
        }
        if (verbatim) {
            return new Program(words, words);
        }
        checkJar(words.get(0));
        List<String> arguments = new ArrayList<>(words);
        arguments.add(0, "-jar");
        return new Program(words, arguments);
    }

    private static void checkJar(String name) {
        Path file = Path.of(name);
        if (!Files.exists(file)) {
            throw CommandException.usage("no such jar: " + name);
        }
        if (!Files.isRegularFile(file)) {
            throw CommandException.usage(name + " is not a jar");
        }
        if (!Files.isReadable(file)) {
            throw CommandException.usage("cannot read jar " + name + ": permission denied");
        }
        if (!hasMainClass(file)) {
            throw CommandException.usage(
                    "jar " + name + " names no Main-Class in its manifest; use: run -- -cp " + name + " MainClass");
        }
    }

    private static boolean hasMainClass(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            return manifest != null && manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS) != null;
        } catch (IOException e) {
            throw CommandException.usage(file + " is not a jar: " + Console.reason(e));
        }
    }
}
