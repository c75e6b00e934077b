package io.pmemcheckj.junit;

import io.pmemcheckj.api.CrashCheck;
import io.pmemcheckj.api.CrashImage;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Stands in for the tool, so that what is on this side of it is tested alone: {@code run} starts the program untraced,
 * {@code crash} gives the check one state, all that the program stored.
 */
final class FakeTool {
    private FakeTool() {}

    /** A jar that {@code java -jar} starts this class from. */
    static Path jar(Path folder) throws IOException {
        Manifest manifest = CheckJar.manifest(ClassPath.ofThisJvm());
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeTool.class.getName());
        Path jar = folder.resolve("fake-tool.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        System.out.println("fake: " + String.join(" ", words));
        System.exit(words.get(0).equals("run") ? run(words) : crash(words));
    }

    private static int run(List<String> words) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(words.subList(words.indexOf("--") + 1, words.size()));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        Files.createFile(Path.of(value(words, "--keep-trace")));
        return exit == 0 ? 0 : 4;
    }

    private static int crash(List<String> words) throws Exception {
        if (words.contains("untrusted")) {
            return 3;
        }
        List<URL> urls = new ArrayList<>();
        for (String entry : value(words, "--class-path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        // Nothing of ours but the interface that the two sides share.
        ClassLoader shared = new ClassLoader(ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.startsWith("io.pmemcheckj.api.")) {
                    return FakeTool.class.getClassLoader().loadClass(name);
                }
                throw new ClassNotFoundException(name);
            }
        };
        try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), shared)) {
            CrashCheck check = (CrashCheck) loader.loadClass(value(words, "--check-class"))
                    .getConstructor()
                    .newInstance();
            check.check(new Image(Path.of(words.get(1)).resolveSibling("files")));
            return 0;
        } catch (Throwable e) {
            System.out.println("ERROR inconsistent-crash-state: " + e);
            return 1;
        }
    }

    private static String value(List<String> words, String option) {
        return words.get(words.indexOf(option) + 1);
    }

    private record Image(Path folder) implements CrashImage {
        @Override
        public List<String> files() {
            return List.of(folder.toFile().list());
        }

        @Override
        public ByteBuffer map(String file) throws IOException {
            return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(file)));
        }

        @Override
        public List<String> markers() {
            return List.of();
        }
    }
}
