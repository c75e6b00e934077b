package io.pmemcheckj.cli.doctor;

import io.pmemcheckj.cli.doctor.Diagnosis.Cpu;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the kernel's version, the CPU's flush instructions, and signs of a container. */
final class HostReader {
    /** The best first, as libpmem and the JDK choose among them. */
    private static final List<String> FLUSHES = List.of("clwb", "clflushopt", "clflush");

    private static final Map<String, String> MARKS = new TreeMap<>(Map.of(
            "/.dockerenv", "docker",
            "/run/.containerenv", "podman"));

    private static final List<String> CGROUPS =
            List.of("docker", "kubepods", "containerd", "libpod", "crio", "lxc", "buildkit");

    private final Machine machine;

    HostReader(Machine machine) {
        this.machine = machine;
    }

    String kernel() {
        return machine.read("/proc/sys/kernel/osrelease").orElse(null);
    }

    /** Of the first CPU: they do not differ in this. */
    Cpu cpu() {
        List<String> info = machine.lines("/proc/cpuinfo");
        List<String> flags = Arrays.asList(value(info, "flags").split("\\s+"));
        String model = value(info, "model name");
        return new Cpu(
                model.isEmpty() ? null : model,
                FLUSHES.stream().filter(flags::contains).toList());
    }

    private static String value(List<String> info, String key) {
        return info.stream()
                .filter(line -> line.startsWith(key) && line.indexOf(':') >= 0)
                .filter(line -> line.substring(0, line.indexOf(':')).strip().equals(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** What makes the machine look like a container; null when nothing does. */
    String container() {
        for (Map.Entry<String, String> mark : MARKS.entrySet()) {
            if (machine.exists(mark.getKey())) {
                return mark.getValue() + " (" + mark.getKey() + " exists)";
            }
        }
        String variable = machine.environment("container");
        if (variable != null && !variable.isBlank()) {
            return variable + " (environment variable container)";
        }
        String groups = machine.read("/proc/1/cgroup").orElse("");
        return CGROUPS.stream()
                .filter(groups::contains)
                .findFirst()
                .map(name -> name + " (/proc/1/cgroup)")
                .orElse(null);
    }
}
