package io.pmemcheckj.cli.doctor;

import io.pmemcheckj.cli.doctor.Diagnosis.Software;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** Looks for LLPL, a jar that brings its native part along, which in turn needs two of PMDK's libraries. */
final class LlplReader {
    private static final String REPOSITORY = "/.m2/repository/com/intel/pmem/llpl";
    private static final String ENTRY_CLASS = "com/intel/pmem/llpl/AnyHeap.class";
    private static final Pattern JAR = Pattern.compile("llpl-(\\d.*?)\\.jar");
    private static final List<String> NEEDED = List.of("libpmemobj", "libpmempool");

    private final Machine machine;

    LlplReader(Machine machine) {
        this.machine = machine;
    }

    /** @param libraries what was found of {@link KnownSoftware#LIBRARIES} */
    Software read(String classPath, List<Software> libraries) {
        List<String> jars = new ArrayList<>(classPath == null ? List.of() : jarsOf(classPath));
        jars.removeIf(jar -> !isLlpl(jar));
        jars.addAll(downloaded());
        if (jars.isEmpty()) {
            return new Software("LLPL", "jar", false, null, null, null);
        }
        String jar = jars.get(0);
        List<String> lacking = libraries.stream()
                .filter(library -> NEEDED.contains(library.name()) && !library.found())
                .map(Software::name)
                .toList();
        String remark = lacking.isEmpty() ? null : "cannot be loaded without " + String.join(" and ", lacking);
        return new Software("LLPL", "jar", true, version(jar), jar, remark);
    }

    private List<String> jarsOf(String classPath) {
        List<String> jars = new ArrayList<>();
        for (String entry : classPath.split(":")) {
            if (entry.endsWith("/*")) {
                String folder = entry.substring(0, entry.length() - 2);
                machine.names(folder).stream()
                        .filter(name -> name.endsWith(".jar"))
                        .forEach(name -> jars.add(folder + "/" + name));
            } else if (entry.endsWith(".jar")) {
                jars.add(entry);
            }
        }
        return jars;
    }

    /** By its name, or by what is in it: it may have been renamed, or be part of a larger jar. */
    private boolean isLlpl(String jar) {
        if (!Files.isRegularFile(machine.at(jar))) {
            return false;
        }
        if (JAR.matcher(nameOf(jar)).matches()) {
            return true;
        }
        try (ZipFile file = new ZipFile(machine.at(jar).toFile())) {
            return file.getEntry(ENTRY_CLASS) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /** The newest by name, as they stand in the local Maven repository. */
    private List<String> downloaded() {
        List<String> jars = new ArrayList<>();
        String repository = machine.home() + REPOSITORY;
        for (String version : machine.names(repository)) {
            String jar = repository + "/" + version + "/llpl-" + version + ".jar";
            if (machine.exists(jar)) {
                jars.add(0, jar);
            }
        }
        return jars;
    }

    private static String version(String jar) {
        Matcher name = JAR.matcher(nameOf(jar));
        return name.matches() ? name.group(1) : null;
    }

    private static String nameOf(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
