package io.pmemcheckj.cli.doctor;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which NVDIMM region stands behind a device, and what that region says of CPU caches. The kernel places the device
 * below its region in the tree of sysfs; a device that is made of others (device mapper) stands elsewhere and has none.
 */
final class PersistenceDomains {
    static final String CPU_CACHE = "cpu_cache";
    static final String MEMORY_CONTROLLER = "memory_controller";

    /** CXL has regions of the same names, for volatile memory, which stand below no NVDIMM bus. */
    private static final Pattern REGION = Pattern.compile("/ndbus\\d+/(region\\d+)(?=/)");

    private final Machine machine;

    PersistenceDomains(Machine machine) {
        this.machine = machine;
    }

    /** @param device {@code major:minor} of a block device, as in the mount table */
    Optional<String> regionOfBlockDevice(String device) {
        return regionOf("/sys/dev/block/" + device);
    }

    /** @param device {@code major:minor} */
    Optional<String> regionOfCharacterDevice(String device) {
        return regionOf("/sys/dev/char/" + device);
    }

    /** @param device a device's folder in sysfs, or a link to it */
    Optional<String> regionOf(String device) {
        try {
            return REGION.matcher(machine.realPath(device) + "/")
                    .results()
                    .map(match -> match.group(1))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@code cpu_cache}, {@code memory_controller}, or {@code unknown} where the platform does not say. */
    String of(String region) {
        return machine.read("/sys/bus/nd/devices/" + region + "/persistence_domain")
                .filter(domain -> !domain.isEmpty())
                .orElse("unknown");
    }
}
