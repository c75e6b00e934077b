package io.pmemcheckj.cli.doctor;

import io.pmemcheckj.cli.doctor.Diagnosis.Software;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for the libraries and tools that programs on persistent memory use. */
final class SoftwareReader {
    private static final List<String> USUAL_FOLDERS = List.of(
            "/lib/x86_64-linux-gnu",
            "/usr/lib/x86_64-linux-gnu",
            "/lib64",
            "/usr/lib64",
            "/usr/lib",
            "/usr/local/lib64",
            "/usr/local/lib");
    private static final Predicate<String> VERSION =
            Pattern.compile("\\d[\\w.+-]*").asMatchPredicate();
    private static final Pattern CACHE_LINE = Pattern.compile("\\s*(\\S+) \\(([^)]*)\\) => (/.*)");

    private final Machine machine;

    SoftwareReader(Machine machine) {
        this.machine = machine;
    }

    /** @param classPath where to look for LLPL, besides the local Maven repository; as after {@code java -cp}, or null */
    List<Software> read(String classPath) {
        List<Software> found = new ArrayList<>();
        Packages packages = Packages.read(machine, KnownSoftware.LIBRARIES);
        List<String> cache = loaderCache();
        for (KnownSoftware library : KnownSoftware.LIBRARIES) {
            found.add(library(library, cache, packages));
        }
        found.add(new LlplReader(machine).read(classPath, found));
        KnownSoftware.TOOLS.forEach(tool -> found.add(tool(tool)));
        return found;
    }

    private Software library(KnownSoftware library, List<String> cache, Packages packages) {
        return locate(library.soname(), cache)
                .map(file ->
                        new Software(library.name(), "library", true, version(library, file, packages), file, null))
                .orElseGet(() -> new Software(library.name(), "library", false, null, null, null));
    }

    /** In the order in which the loader looks. */
    private Optional<String> locate(String soname, List<String> cache) {
        List<String> candidates = new ArrayList<>();
        String variable = machine.environment("LD_LIBRARY_PATH");
        for (String folder : variable == null ? new String[0] : variable.split("[:;]")) {
            if (folder.startsWith("/")) {
                candidates.add(folder + "/" + soname);
            }
        }
        for (String line : cache) {
            Matcher entry = CACHE_LINE.matcher(line);
            if (entry.matches()
                    && entry.group(1).equals(soname)
                    && entry.group(2).contains("x86-64")) {
                candidates.add(entry.group(3));
            }
        }
        USUAL_FOLDERS.forEach(folder -> candidates.add(folder + "/" + soname));
        return candidates.stream().filter(machine::exists).findFirst();
    }

    private List<String> loaderCache() {
        CommandResult result = machine.run("ldconfig", "-p");
        if (!result.installed()) {
            // Users other than root do not have it in their PATH.
            result = machine.run("/sbin/ldconfig", "-p");
        }
        return result.out().lines().toList();
    }

    /** What stands beside the library says more than a package that another copy may have come with. */
    private String version(KnownSoftware library, String file, Packages packages) {
        String folder = file.substring(0, file.lastIndexOf('/'));
        String written = pkgConfigVersion(machine.lines(folder + "/pkgconfig/" + library.pkgConfig() + ".pc"));
        if (written != null) {
            return written;
        }
        String packaged = file.startsWith("/lib") || file.startsWith("/usr/lib") ? packages.versionOf(library) : null;
        return packaged == null ? interfaceVersion(library, file) : packaged;
    }

    /** Null when there is none; it may be given by a variable of the file. */
    private static String pkgConfigVersion(List<String> file) {
        String version = valueOf(file, "Version:");
        return version != null && version.startsWith("${")
                ? valueOf(file, version.substring(2, version.length() - 1) + "=")
                : version;
    }

    private static String valueOf(List<String> file, String start) {
        return file.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst()
                .orElse(null);
    }

    /** That of {@code libpmem.so.1.0.0}, which is the interface's and changes less often; null when the name has none. */
    private String interfaceVersion(KnownSoftware library, String file) {
        try {
            String real = machine.realPath(file);
            String marker = library.soname().substring(0, library.soname().lastIndexOf('.') + 1);
            int at = real.lastIndexOf('/' + marker);
            return at < 0 ? null : "interface " + real.substring(at + 1 + marker.length());
        } catch (IOException e) {
            return null;
        }
    }

    private Software tool(KnownSoftware tool) {
        CommandResult result = machine.run(tool.name(), "--version");
        String version = result.succeeded()
                ? result.out().lines().findFirst().filter(VERSION).orElse(null)
                : null;
        boolean isSilent =
                version == null && result.installed() && !result.problem().isEmpty();
        String remark = isSilent ? result.problem() : null;
        return new Software(tool.name(), "tool", result.installed(), version, null, remark);
    }
}
