package io.pmemcheckj.samples;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Starts one sample: {@code java -jar pmemcheck-j-samples.jar unflushed-store buggy [folder for its file]}. */
public final class Main {
    private static final String PACKAGE = Main.class.getPackageName();

    private Main() {}

    public static void main(String[] args) throws Throwable {
        if (args.length < 2 || !args[1].matches("(?i)buggy|fixed")) {
            System.out.println("usage: java -jar pmemcheck-j-samples.jar SAMPLE buggy|fixed [FOLDER]");
            System.out.println("samples:");
            samples().forEach(name -> System.out.println("  " + name));
            return;
        }
        String variant = args[1].equalsIgnoreCase("buggy") ? "Buggy" : "Fixed";
        MethodHandle main;
        try {
            Class<?> sample = Class.forName(PACKAGE + "." + args[0].replace('-', '_') + "." + variant);
            // A method handle and not reflection: it leaves no frames in the stacks of findings.
            main = MethodHandles.publicLookup()
                    .findStatic(sample, "main", MethodType.methodType(void.class, String[].class));
        } catch (ClassNotFoundException e) {
            System.err.println("no sample " + args[0] + " for this JDK ("
                    + Runtime.version().feature() + "); without arguments the samples are listed");
            System.exit(2);
            return;
        }
        main.invokeExact(Arrays.copyOfRange(args, 2, args.length));
    }

    /** The samples in this program's own jar or folder, named as on the command line. */
    private static List<String> samples() throws Exception {
        Path code = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(code)) {
            return samplesBelow(code);
        }
        try (FileSystem jar = FileSystems.newFileSystem(code)) {
            return samplesBelow(jar.getPath("/"));
        }
    }

    private static List<String> samplesBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.endsWith("Buggy.class"))
                    .map(file -> file.getParent().getFileName().toString().replace('_', '-'))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }
}
