package io.pmemcheckj.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** Persistent-memory devices that the kernel has, and {@code /dev} has not: the usual state of a container. */
final class DeviceNodes {
    private DeviceNodes() {}

    static List<String> missing(Machine machine) {
        List<String> nodes = new ArrayList<>();
        add(nodes, machine, "/sys/block", "pmem");
        add(nodes, machine, "/sys/bus/dax/devices", "dax");
        add(nodes, machine, "/sys/class/nd", "ndctl");
        nodes.removeIf(machine::exists);
        return List.copyOf(nodes);
    }

    private static void add(List<String> nodes, Machine machine, String folder, String prefix) {
        for (String name : machine.names(folder)) {
            // The kernel makes no node of a dax device whose memory it uses itself.
            boolean isUsed = machine.target(folder + "/" + name + "/driver")
                    .filter("kmem"::equals)
                    .isPresent();
            if (name.startsWith(prefix) && !isUsed) {
                nodes.add("/dev/" + name);
            }
        }
    }
}
