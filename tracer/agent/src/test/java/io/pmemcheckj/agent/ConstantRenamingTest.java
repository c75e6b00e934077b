package io.pmemcheckj.agent;

import static org.junit.jupiter.api.Assertions.*;

import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

class ConstantRenamingTest {

    /** What is renamed here; its constants are of many kinds. */
    public static final class Greeter {
        static final long WIDE = 0x1234_5678_9abcL;
        static final double REAL = 2.5;
        static final String TEXT = "greet \u0000 é 😀";

        private Greeter() {}

        public static String greet(String name) {
            Runnable nothing = () -> {};
            nothing.run();
            return TEXT + name + Long.valueOf(WIDE) + Double.valueOf(REAL) + Greeter.class.getName();
        }
    }

    private static byte[] original(Class<?> type) throws IOException {
        return type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")
                .readAllBytes();
    }

    @Test
    void withoutAMatchNothingChanges() throws IOException {
        byte[] original = original(Greeter.class);
        assertArrayEquals(original, new ConstantRenaming("no such text", "x").apply(original));
        assertArrayEquals(original, new ConstantRenaming().apply(original));
    }

    @Test
    void aRenamedClassLoadsAndWorks() throws Throwable {
        byte[] renamed = new ConstantRenaming(
                        "ConstantRenamingTest$Greeter", "VeryMuchLongerNameOfAWelcomer", "greet", "hi")
                .apply(original(Greeter.class));
        Class<?> welcomer = MethodHandles.lookup().defineClass(renamed);
        assertEquals("io.pmemcheckj.agent.VeryMuchLongerNameOfAWelcomer", welcomer.getName());
        Object said = welcomer.getMethod("hi", String.class).invoke(null, "Ann ");
        assertEquals("hi \u0000 é 😀Ann " + 0x1234_5678_9abcL + 2.5 + welcomer.getName(), said);
    }

    @Test
    void anUnknownConstantIsRefused() {
        byte[] broken = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 61, 0, 2, 99};
        assertThrows(IllegalArgumentException.class, () -> new ConstantRenaming().apply(broken));
    }

    /** Nothing of the runtime may point to the place it came from: in java.base that cannot be resolved. */
    @Test
    void noNameOfTheRuntimeIsLeftBehind() throws Exception {
        Set<String> seen = new HashSet<>();
        try (RuntimeClasses classes = new RuntimeClasses(runtime())) {
            for (String name : RuntimeInjector.classes()) {
                byte[] renamed = RuntimeInjector.renaming().apply(classes.read("io/pmemcheckj/runtime/" + name));
                ClassReader reader = new ClassReader(renamed);
                seen.add(reader.getClassName());
                String text = new String(renamed, StandardCharsets.ISO_8859_1);
                assertFalse(text.contains("io/pmemcheckj/runtime"), name);
                assertFalse(text.contains("io.pmemcheckj.runtime"), name);
                reader.accept(new ClassWriter(0), 0);
            }
        }
        assertTrue(seen.contains(RuntimeInjector.HOOKS), seen.toString());
        assertEquals(RuntimeInjector.classes().size(), seen.size());
    }

    /** A class that is added to the runtime must be added to the injector's list. */
    @Test
    void everyClassOfTheRuntimeIsInjected() throws Exception {
        Set<String> there = new HashSet<>();
        for (String path : paths(runtime())) {
            if (path.startsWith("io/pmemcheckj/runtime/") && path.endsWith(".class")) {
                there.add(path.substring("io/pmemcheckj/runtime/".length(), path.length() - ".class".length()));
            }
        }
        there.remove("package-info");
        assertEquals(there, new HashSet<>(RuntimeInjector.classes()));
    }

    /** The folder or jar the runtime is in, as this build has it. */
    private static File runtime() throws Exception {
        Class<?> start =
                Class.forName("io.pmemcheckj.runtime.Start", false, ConstantRenamingTest.class.getClassLoader());
        return new File(
                start.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static List<String> paths(File place) throws IOException {
        if (place.isFile()) {
            try (ZipFile jar = new ZipFile(place)) {
                return jar.stream().map(ZipEntry::getName).toList();
            }
        }
        try (Stream<Path> files = Files.walk(place.toPath())) {
            return files.map(file -> place.toPath().relativize(file).toString()).toList();
        }
    }

    @Test
    void aMissingClassIsNamed() throws Exception {
        try (RuntimeClasses classes = new RuntimeClasses(runtime())) {
            IOException missing = assertThrows(IOException.class, () -> classes.read("io/pmemcheckj/runtime/Nothing"));
            assertTrue(missing.getMessage().contains("io/pmemcheckj/runtime/Nothing.class"), missing.getMessage());
        }
    }
}
