package io.pmemcheckj.cli.doctor;

import io.pmemcheckj.cli.doctor.Diagnosis.DaxDevice;
import io.pmemcheckj.cli.doctor.Diagnosis.Dimm;
import io.pmemcheckj.cli.doctor.Diagnosis.Namespace;
import io.pmemcheckj.cli.doctor.Diagnosis.PersistentMemory;
import io.pmemcheckj.cli.doctor.Diagnosis.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Reads regions, namespaces, modules and dax devices: from ndctl and daxctl where they answer, else from sysfs. */
final class PersistentMemoryReader {
    private final Machine machine;
    private final Mounts mounts;
    private final List<String> remarks = new ArrayList<>();

    PersistentMemoryReader(Machine machine, Mounts mounts) {
        this.machine = machine;
        this.mounts = mounts;
    }

    PersistentMemory read() {
        SysfsDevices sysfs = new SysfsDevices(machine);
        List<Region> regions = sysfs.regions();
        List<Namespace> namespaces = sysfs.namespaces();
        List<Dimm> dimms = sysfs.dimms();
        String source = "sysfs";
        NdctlListing listing = listing("ndctl", "list", "-B", "-R", "-N", "-D", "-H", "-i");
        if (listing != null && !listing.regions().isEmpty()) {
            regions = listing.regions();
            namespaces = listing.namespaces();
            dimms = listing.dimms();
            source = "ndctl";
        }
        List<DaxDevice> daxDevices = daxDevices(sysfs);
        if (dimms.stream().anyMatch(dimm -> dimm.enabled() && dimm.health() == null)) {
            remarks.add("health: not every memory module tells its own; ndctl reads it as root");
        }
        boolean nothing = regions.isEmpty() && dimms.isEmpty() && daxDevices.isEmpty();
        return new PersistentMemory(
                nothing ? "none" : source,
                // Without devices it does not matter who did not see them.
                nothing ? List.of() : List.copyOf(remarks),
                sorted(regions, Region::name),
                sorted(namespaces.stream().map(this::withMounts).toList(), Namespace::name),
                sorted(dimms, Dimm::name),
                sorted(daxDevices, DaxDevice::name));
    }

    /** By their numbers: of names that begin alike the shorter one has the smaller number. */
    private static <T> List<T> sorted(List<T> devices, Function<T, String> name) {
        Comparator<T> byLength =
                Comparator.comparing(device -> name.apply(device).length());
        return devices.stream().sorted(byLength.thenComparing(name)).toList();
    }

    private Namespace withMounts(Namespace namespace) {
        return namespace.mountedAt(mounts.of(namespace.device()));
    }

    private List<DaxDevice> daxDevices(SysfsDevices sysfs) {
        List<DaxDevice> seen = sysfs.daxDevices();
        NdctlListing listing = listing("daxctl", "list", "-D", "-i");
        return listing == null || listing.daxDevices().isEmpty() ? seen : listing.daxDevices();
    }

    /** Null when the command gave none; a remark says why. */
    private NdctlListing listing(String... command) {
        CommandResult result = machine.run(command);
        if (!result.ended()) {
            remarks.add(command[0] + ": " + result.problem());
            return null;
        }
        NdctlListing listing = NdctlListing.parse(result.out(), new PersistenceDomains(machine));
        if (listing == null || result.exit() != 0) {
            String problem = result.problem().isEmpty() ? "exit code " + result.exit() : result.problem();
            remarks.add(command[0] + ": " + (listing == null && result.exit() == 0 ? "it printed no JSON" : problem));
        }
        return listing;
    }
}
