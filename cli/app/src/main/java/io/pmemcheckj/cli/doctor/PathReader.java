package io.pmemcheckj.cli.doctor;

import io.pmemcheckj.cli.doctor.Diagnosis.PathFacts;
import io.pmemcheckj.cli.doctor.FileNode.Kind;
import io.pmemcheckj.cli.doctor.Mounts.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

/** Looks at a path: what it is, what it lies on, and whether MAP_SYNC works there. */
final class PathReader {
    /** They show the kernel's state as files; nobody keeps data there, and some do things when a file is made. */
    private static final Set<String> KERNEL_FILE_SYSTEMS = Set.of(
            "proc",
            "sysfs",
            "cgroup",
            "cgroup2",
            "devpts",
            "debugfs",
            "tracefs",
            "securityfs",
            "configfs",
            "bpf",
            "pstore",
            "efivarfs",
            "binfmt_misc",
            "mqueue",
            "autofs",
            "nsfs",
            "rpc_pipefs");

    private final Machine machine;
    private final Mounts mounts;
    private final PersistenceDomains domains;

    PathReader(Machine machine, Mounts mounts) {
        this.machine = machine;
        this.mounts = mounts;
        this.domains = new PersistenceDomains(machine);
    }

    /** @param type of a file system, or null */
    static boolean isKernelFileSystem(String type) {
        return type != null && KERNEL_FILE_SYSTEMS.contains(type);
    }

    /**
     * @param path absolute
     * @throws IOException when there is nothing, or it may not be looked at
     */
    PathFacts read(String path) throws IOException {
        FileNode node = machine.node(path);
        String real = machine.realPath(path);
        Mount mount = mounts.holding(real);
        boolean readOnly = mount != null && mount.isReadOnly();
        return new PathFacts(
                path,
                real,
                kind(node),
                mount == null ? null : mount.fileSystem(),
                mount == null ? null : mount.source(),
                mount == null ? null : mount.point(),
                mount == null ? List.of() : mount.options(),
                readOnly,
                !readOnly && Files.isWritable(machine.at(real)),
                mount == null ? null : mount.daxOption(),
                mount == null ? null : offersDax(mount.device()),
                region(node, mount),
                mapSync(node, real, mount));
    }

    private String kind(FileNode node) {
        boolean isDax = node.kind() == Kind.CHARACTER_DEVICE
                && machine.target("/sys/dev/char/" + node.device())
                        .filter(name -> name.matches("dax\\d+\\.\\d+"))
                        .isPresent();
        return isDax ? "device-dax" : node.kind().id();
    }

    private String region(FileNode node, Mount mount) {
        return switch (node.kind()) {
            case BLOCK_DEVICE -> domains.regionOfBlockDevice(node.device()).orElse(null);
            case CHARACTER_DEVICE ->
                domains.regionOfCharacterDevice(node.device()).orElse(null);
            case FILE, FOLDER ->
                mount == null
                        ? null
                        : domains.regionOfBlockDevice(mount.device()).orElse(null);
            case OTHER -> null;
        };
    }

    /** Null where there is no block device behind the file system, or the kernel does not say. */
    private Boolean offersDax(String device) {
        String folder = "/sys/dev/block/" + device;
        // A partition has no queue of its own; that of its disk stands beside it.
        return machine.read(folder + "/queue/dax")
                .or(() -> machine.read(folder + "/../queue/dax"))
                .map("1"::equals)
                .orElse(null);
    }

    private MapSync mapSync(FileNode node, String real, Mount mount) {
        if (mount != null && isKernelFileSystem(mount.fileSystem())) {
            return MapSync.notTried(mount.fileSystem() + " is the kernel's own and holds no data");
        }
        return switch (node.kind()) {
            case FILE -> ofFile(node, real, mount);
            case FOLDER -> inFolder(real, mount);
            case BLOCK_DEVICE, CHARACTER_DEVICE -> MapSync.notTried("it is a device");
            case OTHER -> MapSync.notTried("it is neither a file nor a folder");
        };
    }

    private MapSync ofFile(FileNode node, String real, Mount mount) {
        MapSync direct = node.size() == 0 ? MapSync.notTried("the file is empty") : machine.trySync(real);
        if (direct.isTried()) {
            return direct;
        }
        String folder = real.substring(0, Math.max(1, real.lastIndexOf('/')));
        MapSync beside = inFolder(folder, mount);
        return beside.isTried()
                ? new MapSync(
                        beside.result(), beside.triedWith() + " beside it, as " + direct.reason(), beside.reason())
                : MapSync.notTried(direct.reason() + "; " + beside.reason());
    }

    private MapSync inFolder(String folder, Mount mount) {
        return mount != null && mount.isReadOnly()
                ? MapSync.notTried("the file system is mounted read-only")
                : machine.trySyncIn(folder);
    }
}
