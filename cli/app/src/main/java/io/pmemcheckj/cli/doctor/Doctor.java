package io.pmemcheckj.cli.doctor;

import io.pmemcheckj.cli.doctor.Diagnosis.Host;
import io.pmemcheckj.cli.doctor.Diagnosis.JavaFacts;
import io.pmemcheckj.cli.doctor.Diagnosis.PathFacts;
import io.pmemcheckj.cli.doctor.Diagnosis.PersistentMemory;
import io.pmemcheckj.cli.doctor.Diagnosis.Region;
import io.pmemcheckj.cli.doctor.Diagnosis.Software;
import io.pmemcheckj.cli.doctor.Diagnosis.Tool;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Looks at a machine and a path on it. */
public final class Doctor {
    private final Machine machine;
    private final String version;
    private final JavaFacts java;

    /**
     * @param version of this tool
     * @param java the JVM that programs will run on
     */
    public Doctor(Machine machine, String version, JavaFacts java) {
        this.machine = machine;
        this.version = version;
        this.java = java;
    }

    /**
     * @param path absolute
     * @param classPath of the program, entries absolute, to look for libraries in; or null
     * @throws IOException when there is nothing at the path, or it may not be looked at; nothing else is an error
     */
    public Diagnosis examine(String path, String classPath) throws IOException {
        Mounts mounts = Mounts.read(machine);
        PathFacts place = new PathReader(machine, mounts).read(path);
        PersistentMemory memory = new PersistentMemoryReader(machine, mounts).read();
        List<Software> software = new SoftwareReader(machine).read(classPath);
        HostReader reader = new HostReader(machine);
        Host host = new Host(
                reader.kernel(),
                reader.cpu(),
                eadr(memory.regions()).orElse(null),
                java,
                reader.container(),
                DeviceNodes.missing(machine));
        return new Diagnosis(
                Diagnosis.SCHEMA_VERSION,
                new Tool("pmemcheck-j", version),
                host,
                memory,
                place,
                DomainChoice.of(machine, mounts, place),
                software,
                Advisor.advise(host, memory, place, software));
    }

    /** No instruction tells: the firmware tells the kernel, and that shows in the regions alone. */
    private static Optional<Boolean> eadr(List<Region> regions) {
        if (regions.stream().anyMatch(region -> region.persistenceDomain().equals(PersistenceDomains.CPU_CACHE))) {
            return Optional.of(true);
        }
        return regions.stream()
                .filter(region -> region.persistenceDomain().equals(PersistenceDomains.MEMORY_CONTROLLER))
                .findFirst()
                .map(region -> false);
    }
}
