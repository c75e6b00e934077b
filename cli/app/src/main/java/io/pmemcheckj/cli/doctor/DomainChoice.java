package io.pmemcheckj.cli.doctor;

import io.pmemcheckj.cli.doctor.Diagnosis.AutoDomain;
import io.pmemcheckj.cli.doctor.Diagnosis.PathFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What {@code --domain auto} chooses for files mapped at a path, and why. */
final class DomainChoice {
    private static final Set<String> VOLATILE = Set.of("tmpfs", "ramfs", "devtmpfs");

    private final Machine machine;
    private final Mounts mounts;
    private final PathFacts path;

    private DomainChoice(Machine machine, Mounts mounts, PathFacts path) {
        this.machine = machine;
        this.mounts = mounts;
        this.path = path;
    }

    static AutoDomain of(Machine machine, Mounts mounts, PathFacts path) {
        return new DomainChoice(machine, mounts, path).choose();
    }

    private AutoDomain choose() {
        return switch (path.kind()) {
            case "device-dax" ->
                direct("a device-DAX node is persistent memory itself", List.of("native code alone can map it"));
            case "block-device" -> ofBlockDevice();
            case "file", "folder" -> ofFiles();
            default -> none("it is neither a file nor a folder, so it cannot hold data");
        };
    }

    private AutoDomain ofBlockDevice() {
        List<String> points = mounts.of(path.real());
        String place = points.isEmpty() ? "it is not mounted here" : "it is mounted at " + String.join(", ", points);
        return none("programs map files on the file system of a block device, not the device; " + place);
    }

    private AutoDomain ofFiles() {
        return switch (path.mapSync().result()) {
            case "works" -> direct("MAP_SYNC works", otherwise("maps without MAP_SYNC (READ_WRITE): page-cache"));
            case "refused" ->
                new AutoDomain(
                        "page-cache", "MAP_SYNC is refused, so stores go to the page cache" + loss(), otherwise());
            case "not-mappable" ->
                none("files cannot be mapped there: " + path.mapSync().reason());
            default -> untried();
        };
    }

    /** Without a trial there is an answer only where DAX cannot be. */
    private AutoDomain untried() {
        String reason = path.mapSync().reason();
        if (path.readOnly()) {
            return none(reason + ", so nothing can be stored");
        }
        if (PathReader.isKernelFileSystem(path.fileSystem())) {
            return none(reason);
        }
        if (Boolean.FALSE.equals(path.deviceOffersDax()) && path.daxOption() == null) {
            return new AutoDomain("page-cache", "the device offers no DAX, though MAP_SYNC was not tried", otherwise());
        }
        return new AutoDomain(
                null,
                "MAP_SYNC was not tried: " + reason,
                otherwise("where READ_WRITE_SYNC maps work: adr or eadr", "everywhere else: page-cache"));
    }

    /** Stores go to the memory itself; it depends on the platform whether they must leave the CPU's caches. */
    private AutoDomain direct(String why, List<String> otherwise) {
        String region = path.region();
        String persistence = region == null ? "" : new PersistenceDomains(machine).of(region);
        return switch (persistence) {
            case PersistenceDomains.CPU_CACHE ->
                new AutoDomain("eadr", why + ", and CPU caches persist (cpu_cache of " + region + ")", otherwise);
            case PersistenceDomains.MEMORY_CONTROLLER ->
                new AutoDomain(
                        "adr",
                        why + ", and CPU caches do not persist (memory_controller of " + region + ")",
                        otherwise);
            default ->
                new AutoDomain(
                        "adr",
                        why + ", and that CPU caches persist is not known ("
                                + (region == null ? "no NVDIMM region stands behind it" : region + " does not say")
                                + ")",
                        otherwise);
        };
    }

    private String loss() {
        return path.fileSystem() != null && VOLATILE.contains(path.fileSystem())
                ? "; " + path.fileSystem() + " itself is memory and gone at power-off"
                : "";
    }

    private List<String> otherwise(String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.add("with --emulate-pmem: adr");
        all.add(
                "1".equals(machine.environment("PMEM_IS_PMEM_FORCE"))
                        ? "what PMDK maps, as PMEM_IS_PMEM_FORCE=1 is set: adr"
                        : "what PMDK maps with PMEM_IS_PMEM_FORCE=1: adr");
        return List.copyOf(all);
    }

    private static AutoDomain none(String why) {
        return new AutoDomain(null, why, List.of());
    }
}
