package io.pmemcheckj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What the one jar holds: it stands on the class path of every traced program. */
class JarContentIT {

    private static final List<String> OURS = List.of("io/pmemcheckj/", "META-INF/");
    private static final Set<String> PARENTS = Set.of("io/");

    @Test
    void nothingThatAProgramCouldTakeForItsOwn() throws IOException {
        try (JarFile jar = open()) {
            List<String> foreign = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> OURS.stream().noneMatch(name::startsWith) && !PARENTS.contains(name))
                    .toList();
            assertEquals(List.of(), foreign);
        }
    }

    /** But for what judges crash states, which need not be on the class path of the check. */
    @Test
    void noCopyOfTheClientRequests() throws IOException {
        try (JarFile jar = open()) {
            List<String> api = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("io/pmemcheckj/api/") && name.endsWith(".class"))
                    .sorted()
                    .toList();
            assertEquals(List.of("io/pmemcheckj/api/CrashCheck.class", "io/pmemcheckj/api/CrashImage.class"), api);
        }
    }

    @Test
    void servicesAndSignaturesOfDependenciesAreRelocatedOrGone() throws IOException {
        try (JarFile jar = open()) {
            List<String> strange = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("META-INF/") && !name.endsWith("/"))
                    .filter(name -> name.matches(".*\\.(SF|DSA|RSA|class)")
                            || name.startsWith("META-INF/versions/")
                            || name.startsWith("META-INF/maven/")
                            || name.startsWith("META-INF/services/")
                                    && !name.startsWith("META-INF/services/io.pmemcheckj."))
                    .toList();
            assertEquals(List.of(), strange);
        }
    }

    @Test
    void manifestStartsBothTheCommandLineAndTheAgent() throws IOException {
        try (JarFile jar = open()) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertEquals("io.pmemcheckj.cli.Main", manifest.getValue("Main-Class"));
            assertEquals("io.pmemcheckj.agent.Agent", manifest.getValue("Premain-Class"));
            assertEquals("io.pmemcheckj.agent.Agent", manifest.getValue("Agent-Class"));
            assertEquals("true", manifest.getValue("Can-Retransform-Classes"));
            for (String entry : List.of(
                    "io/pmemcheckj/agent/Agent.class",
                    "io/pmemcheckj/shaded/asm/ClassReader.class",
                    "io/pmemcheckj/rules/schema/report-1.0.schema.json",
                    "META-INF/LICENSE",
                    "META-INF/NOTICE",
                    "META-INF/licenses/ASM")) {
                assertNotNull(jar.getEntry(entry), entry);
            }
        }
    }

    private static JarFile open() throws IOException {
        return new JarFile(System.getProperty("pmemcheckj.jar"));
    }
}
