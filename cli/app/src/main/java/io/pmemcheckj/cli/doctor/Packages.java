package io.pmemcheckj.cli.doctor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Versions of installed packages, from the first package manager there is. */
final class Packages {
    private final Map<String, String> versions = new HashMap<>();

    private Packages() {}

    static Packages read(Machine machine, List<KnownSoftware> software) {
        Packages packages = new Packages();
        packages.query(machine, "dpkg-query -W -f ${Package}\\t${Version}\\n", KnownSoftware.aptNames(software));
        if (packages.versions.isEmpty()) {
            packages.query(machine, "rpm -q --qf %{NAME}\\t%{VERSION}\\n", KnownSoftware.dnfNames(software));
        }
        return packages;
    }

    /** Both print a line for each package they know, whatever they say of the others. */
    private void query(Machine machine, String command, List<String> names) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(names);
        for (String line :
                machine.run(words.toArray(String[]::new)).out().lines().toList()) {
            String[] pair = line.strip().split("\t");
            if (pair.length == 2 && names.contains(pair[0])) {
                versions.putIfAbsent(pair[0], upstream(pair[1]));
            }
        }
    }

    /** Debian puts an epoch and a colon in front of the library's own version, and a hyphen and its revision behind. */
    private static String upstream(String version) {
        return version.replaceFirst("^\\d+:", "").replaceFirst("-[^-]*$", "");
    }

    /** Null when none of its packages is installed. */
    String versionOf(KnownSoftware software) {
        String version = versions.get(software.apt());
        return version == null ? versions.get(software.dnf()) : version;
    }
}
