package io.pmemcheckj.cli.doctor;

import io.pmemcheckj.cli.doctor.Diagnosis.DaxDevice;
import io.pmemcheckj.cli.doctor.Diagnosis.Dimm;
import io.pmemcheckj.cli.doctor.Diagnosis.Namespace;
import io.pmemcheckj.cli.doctor.Diagnosis.Region;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The same facts as ndctl's, from the kernel's own tree; only the modules' health is not there. */
final class SysfsDevices {
    private static final String ND = "/sys/bus/nd/devices";
    private static final String DAX = "/sys/bus/dax/devices";

    private final Machine machine;
    private final PersistenceDomains domains;

    SysfsDevices(Machine machine) {
        this.machine = machine;
        this.domains = new PersistenceDomains(machine);
    }

    List<Region> regions() {
        return named("region\\d+").map(this::region).toList();
    }

    List<Namespace> namespaces() {
        return named("namespace\\d+\\.\\d+")
                .map(this::namespace)
                .filter(Objects::nonNull)
                .toList();
    }

    List<Dimm> dimms() {
        return named("nmem\\d+").map(this::dimm).toList();
    }

    List<DaxDevice> daxDevices() {
        return machine.names(DAX).stream().map(this::daxDevice).toList();
    }

    private Stream<String> named(String pattern) {
        return machine.names(ND).stream().filter(name -> name.matches(pattern));
    }

    private Region region(String name) {
        String folder = ND + "/" + name;
        String type = machine.read(folder + "/devtype").orElse("");
        return new Region(
                name,
                type.isEmpty() ? null : type.replaceFirst("^nd_", ""),
                number(folder + "/size"),
                number(folder + "/available_size"),
                domains.of(name),
                isBound(folder),
                badBlocks(folder + "/badblocks"));
    }

    /** Null for the one of no size that each region has: what the next namespace will be made of. */
    private Namespace namespace(String name) {
        String folder = ND + "/" + name;
        Long size = number(folder + "/size");
        if (size == null || size == 0) {
            return null;
        }
        // A namespace with a mode is held by the device that implements it, which then has the driver.
        String holder = machine.read(folder + "/holder")
                .filter(held -> !held.isEmpty())
                .map(held -> ND + "/" + held)
                .orElse(folder);
        String block = blockDevice(holder);
        Long held = number(holder + "/size");
        return new Namespace(
                name,
                "region" + name.substring("namespace".length(), name.indexOf('.')),
                NdctlListing.mode(machine.read(folder + "/mode").orElse("unknown")),
                held == null ? size : held,
                block == null ? daxNode(holder) : "/dev/" + block,
                isBound(folder) || isBound(holder),
                block == null ? 0 : badBlocks("/sys/block/" + block + "/badblocks"),
                List.of());
    }

    private String blockDevice(String holder) {
        return machine.names(holder + "/block").stream().findFirst().orElse(null);
    }

    private String daxNode(String holder) {
        try {
            String below = machine.realPath(holder) + "/";
            for (String name : machine.names(DAX)) {
                if (machine.realPath(DAX + "/" + name).startsWith(below)) {
                    return "/dev/" + name;
                }
            }
        } catch (IOException e) {
            // It went away meanwhile.
        }
        return null;
    }

    private Dimm dimm(String name) {
        String folder = ND + "/" + name;
        String flags = machine.read(folder + "/nfit/flags")
                .or(() -> machine.read(folder + "/papr/flags"))
                .orElse("");
        List<String> alarms = new ArrayList<>();
        for (String flag : flags.split("\\s+")) {
            // The one says only that the module can raise the other.
            if (!flag.isEmpty() && !flag.equals("smart_notify")) {
                alarms.add(flag.replace('_', ' '));
            }
        }
        return new Dimm(name, isBound(folder), null, alarms);
    }

    private DaxDevice daxDevice(String name) {
        String folder = DAX + "/" + name;
        Optional<String> driver = machine.target(folder + "/driver");
        return new DaxDevice(
                name,
                driver.filter("kmem"::equals).isPresent() ? "system-ram" : "devdax",
                number(folder + "/size"),
                driver.isPresent(),
                domains.regionOf(folder).orElse(null));
    }

    private boolean isBound(String folder) {
        return machine.exists(folder + "/driver");
    }

    private Long number(String file) {
        try {
            return machine.read(file).map(Long::decode).orElse(null);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Each line is a first sector and a number of sectors. */
    private long badBlocks(String file) {
        return machine.lines(file).stream()
                .map(line -> Arrays.asList(line.strip().split("\\s+")))
                .filter(words -> words.size() == 2 && words.get(1).matches("\\d{1,18}"))
                .mapToLong(words -> Long.parseLong(words.get(1)))
                .sum();
    }
}
