package io.pmemcheckj.cli.doctor;

import io.pmemcheckj.cli.doctor.Diagnosis.Advice;
import io.pmemcheckj.cli.doctor.Diagnosis.DaxDevice;
import io.pmemcheckj.cli.doctor.Diagnosis.Dimm;
import io.pmemcheckj.cli.doctor.Diagnosis.Host;
import io.pmemcheckj.cli.doctor.Diagnosis.Namespace;
import io.pmemcheckj.cli.doctor.Diagnosis.PathFacts;
import io.pmemcheckj.cli.doctor.Diagnosis.PersistentMemory;
import io.pmemcheckj.cli.doctor.Diagnosis.Region;
import io.pmemcheckj.cli.doctor.Diagnosis.Software;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What to do next, for each thing that is missing. Nothing of it is done here. */
final class Advisor {
    private final PersistentMemory memory;
    private final List<Advice> advice = new ArrayList<>();

    private Advisor(PersistentMemory memory) {
        this.memory = memory;
    }

    static List<Advice> advise(Host host, PersistentMemory memory, PathFacts path, List<Software> software) {
        Advisor advisor = new Advisor(memory);
        advisor.ofPath(path);
        advisor.ofHost(host);
        advisor.ofDeviceNodes(host);
        memory.regions().forEach(advisor::ofRegion);
        memory.namespaces().forEach(advisor::ofNamespace);
        memory.dimms().forEach(advisor::ofDimm);
        memory.daxDevices().forEach(advisor::ofDaxDevice);
        advisor.ofSoftware(software);
        return List.copyOf(advisor.advice);
    }

    private void add(String missing, String todo, String... commands) {
        advice.add(Advice.of(missing, todo, commands));
    }

    private void ofHost(Host host) {
        if (!host.java().supported()) {
            add(
                    "a JVM to trace on: this is Java " + host.java().version(),
                    "Run the program on Java 17 to 25.",
                    "pmemcheck-j run --java /path/to/jdk-17 app.jar");
        }
        if (memory.source().equals("none")) {
            add(
                    "persistent memory",
                    "A check needs none, see --emulate-pmem of run. For a DAX file system to test on without such hardware,"
                            + " boot with the kernel parameter memmap=4G!12G, which makes 4 GiB of RAM from 12 GiB on a /dev/pmem0"
                            + " that is gone at power-off, or give a virtual machine an NVDIMM (QEMU: -device nvdimm).");
        }
    }

    private void ofDeviceNodes(Host host) {
        List<String> nodes = host.missingDeviceNodes();
        if (nodes.isEmpty()) {
            return;
        }
        String missing = "device nodes that the kernel has devices for: " + String.join(", ", nodes);
        if (host.container() == null) {
            add(missing, "Have udev make them, as root.", "udevadm trigger --action=add && udevadm settle");
            return;
        }
        StringBuilder flags = new StringBuilder();
        nodes.forEach(node -> flags.append(" --device=").append(node));
        add(
                missing,
                "Pass them when the container is started (podman takes the same). A DAX file system needs no node: mount it on"
                        + " the host and pass its folder. Kubernetes: a hostPath volume, or the driver PMEM-CSI.",
                "docker run" + flags + " IMAGE",
                "docker run -v /mnt/pmem:/mnt/pmem IMAGE");
    }

    private void ofPath(PathFacts path) {
        if (!path.isData()) {
            return;
        }
        if (!path.writable()) {
            add(
                    "permission to write at " + path.real(),
                    path.readOnly()
                            ? "The file system is mounted read-only: choose another folder, or mount it read-write, as root."
                            : "Choose a folder of your own, or run doctor as the user that runs the program.");
        }
        if (!path.mapSync().result().equals("refused")) {
            return;
        }
        Namespace behind = memory.namespaces().stream()
                .filter(namespace -> isBehind(namespace, path))
                .findFirst()
                .orElse(null);
        if (behind == null) {
            withoutPmemBehind(path);
        } else if (List.of("dax", "dax=always").contains(String.valueOf(path.daxOption()))) {
            add(
                    "MAP_SYNC at " + path.real(),
                    "The file system has DAX, but its device guarantees nothing without a system call (virtio-pmem does not):"
                            + " the program must call force(), as on any other file.");
        } else if (behind.mode().equals("fsdax")) {
            add(
                    "DAX at " + path.mountPoint(),
                    "Mount it with DAX, as root, with nothing using it. The file system must be ext4 or xfs with blocks of"
                            + " 4096 bytes, and on kernels before 6.2 an xfs without reflink.",
                    "umount " + Shell.word(path.mountPoint()),
                    "mount -o dax " + Shell.word(path.device()) + " " + Shell.word(path.mountPoint()));
        } // Of another mode, the advice on the namespace says what to do.
    }

    private static boolean isBehind(Namespace namespace, PathFacts path) {
        return namespace.device() != null
                && path.device() != null
                && path.device().matches("\\Q" + namespace.device() + "\\E(p\\d+)?");
    }

    private void withoutPmemBehind(PathFacts path) {
        List<String> points = memory.namespaces().stream()
                .filter(namespace -> namespace.mode().equals("fsdax"))
                .flatMap(namespace -> namespace.mountPoints().stream())
                .toList();
        if (!points.isEmpty()) {
            add(
                    "persistent memory at " + path.real(),
                    "Keep the files where it is: " + String.join(", ", points) + ".");
        } else {
            String folder =
                    path.kind().equals("folder") ? path.real() : path.real().replaceFirst("/[^/]*$", "");
            add(
                    "MAP_SYNC at " + path.real(),
                    "To check a program for persistent memory here, emulate it: READ_WRITE_SYNC maps below the folder then"
                            + " work on any file system and count as persistent memory. PMDK's native code is told by a"
                            + " variable that it maps some.",
                    "pmemcheck-j run --emulate-pmem=" + Shell.word(folder.isEmpty() ? "/" : folder) + " app.jar",
                    "PMEM_IS_PMEM_FORCE=1 pmemcheck-j run app.jar");
        }
    }

    private void ofRegion(Region region) {
        if (!region.enabled()) {
            add(region.name() + ", which is disabled", "Enable it, as root.", "ndctl enable-region " + region.name());
            return;
        }
        boolean isUsed = memory.namespaces().stream()
                .anyMatch(namespace -> namespace.region().equals(region.name()));
        if (!isUsed && "pmem".equals(region.type()) && !Objects.equals(region.availableSize(), 0L)) {
            add(
                    "a namespace in " + region.name(),
                    "Create one for a DAX file system, as root.",
                    "ndctl create-namespace --mode=fsdax --region=" + region.name());
        }
        if (region.badBlocks() > 0 && memory.namespaces().stream().noneMatch(space -> space.badBlocks() > 0)) {
            add(
                    "good memory: " + region.badBlocks() + " bad blocks in " + region.name(),
                    "See where they are, as root.",
                    "ndctl list --regions --media-errors --region=" + region.name());
        }
    }

    private void ofNamespace(Namespace namespace) {
        if (!namespace.enabled()) {
            add(
                    namespace.name() + ", which is disabled",
                    "Enable it, as root.",
                    "ndctl enable-namespace " + namespace.name());
            return;
        }
        switch (namespace.mode()) {
            case "sector", "raw" -> ofOtherMode(namespace);
            case "fsdax" -> ofUnmounted(namespace);
            default -> {
                // devdax is used as it is.
            }
        }
        if (namespace.badBlocks() > 0) {
            add(
                    "good memory: " + namespace.badBlocks() + " bad blocks in " + namespace.name(),
                    "Reading them kills the program (SIGBUS). See where they are; clear them, which loses their data, and"
                            + " restore the files from a backup, as root.",
                    "ndctl list --namespaces --media-errors --namespace=" + namespace.name(),
                    "ndctl clear-errors " + namespace.name());
        }
    }

    private void ofOtherMode(Namespace namespace) {
        List<String> commands = new ArrayList<>();
        namespace.mountPoints().forEach(point -> commands.add("umount " + Shell.word(point)));
        commands.add("ndctl create-namespace --force --reconfig=" + namespace.name() + " --mode=fsdax");
        add(
                "DAX on " + namespace.name() + " (" + namespace.mode() + ")",
                "Its mode offers no DAX. For a DAX file system reconfigure it, as root. This erases what is on it.",
                commands.toArray(String[]::new));
    }

    private void ofUnmounted(Namespace namespace) {
        if (namespace.device() != null && namespace.mountPoints().isEmpty()) {
            String folder = namespace.device().replace("/dev/", "/mnt/");
            add(
                    "a file system on " + namespace.name() + ", or its mount here",
                    "Mount it with DAX, as root; make a file system first if it has none. mkfs erases what is on it.",
                    "mkfs.ext4 -b 4096 " + namespace.device(),
                    "mkdir -p " + folder + " && mount -o dax " + namespace.device() + " " + folder);
        }
    }

    private void ofDimm(Dimm dimm) {
        if (dimm.isIll()) {
            List<String> words = new ArrayList<>(dimm.alarms());
            if (dimm.health() != null) {
                words.add(0, "health " + dimm.health());
            }
            add(
                    "a sound memory module: " + dimm.name() + ", " + String.join(", ", words),
                    "Back up what is on it, and look at its state, as root.",
                    "ndctl list --dimms --health --dimm=" + dimm.name());
        }
    }

    private void ofDaxDevice(DaxDevice device) {
        if (device.mode().equals("system-ram")) {
            add(
                    device.name() + ", which the kernel uses as ordinary memory",
                    "What programs put there is gone at power-off. To map it as a device, as root:",
                    "daxctl reconfigure-device --force --mode=devdax " + device.name());
        } else if (!device.enabled()) {
            add(device.name() + ", which is disabled", "Enable it, as root.", "daxctl enable-device " + device.name());
        }
    }

    private void ofSoftware(List<Software> software) {
        List<KnownSoftware> missing = new ArrayList<>(KnownSoftware.LIBRARIES);
        missing.addAll(KnownSoftware.TOOLS);
        missing.removeIf(known ->
                software.stream().anyMatch(found -> found.name().equals(known.name()) && found.found()));
        if (!missing.isEmpty()) {
            List<String> names = missing.stream().map(KnownSoftware::name).toList();
            add(
                    String.join(", ", names),
                    "Install what your program needs, as root: Debian and Ubuntu, or Fedora and its kin.",
                    "apt install " + String.join(" ", KnownSoftware.aptNames(missing)),
                    "dnf install " + String.join(" ", KnownSoftware.dnfNames(missing)));
        }
        if (software.stream().anyMatch(found -> found.name().equals("LLPL") && !found.found())) {
            add(
                    "LLPL",
                    "If your program uses it, name its class path with --class-path; or have Maven fetch it:"
                            + " com.intel.pmem:llpl:1.2.0-release.");
        }
    }
}
