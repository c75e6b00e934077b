package io.pmemcheckj.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.pmemcheckj.cli.doctor.Diagnosis.AutoDomain;
import io.pmemcheckj.cli.doctor.Diagnosis.DaxDevice;
import io.pmemcheckj.cli.doctor.Diagnosis.Dimm;
import io.pmemcheckj.cli.doctor.Diagnosis.JavaFacts;
import io.pmemcheckj.cli.doctor.Diagnosis.Namespace;
import io.pmemcheckj.cli.doctor.Diagnosis.PathFacts;
import io.pmemcheckj.cli.doctor.Diagnosis.PersistentMemory;
import io.pmemcheckj.cli.doctor.Diagnosis.Region;
import io.pmemcheckj.cli.doctor.Diagnosis.Software;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Doctor on recorded machines. */
class DoctorTest {
    @TempDir
    Path root;

    private RecordedMachine machine(String name) throws IOException {
        return RecordedMachine.load(name, root);
    }

    private static Diagnosis examine(Machine machine, String path) throws IOException {
        return new Doctor(machine, "1.0.0", new JavaFacts("17.0.15", "/jdk", true)).examine(path, null);
    }

    @ParameterizedTest
    @CsvSource({
        "three-modes, /mnt/pmem0",
        "three-modes, /dev/dax1.0",
        "three-modes, /dev/null",
        "ill, /mnt/data",
        "bare, /",
        "container, /app"
    })
    void jsonIsAsItsSchemaSaysAndTextFitsTheScreen(String name, String path) throws IOException {
        Diagnosis diagnosis = examine(machine(name), path);
        String json = DoctorJson.of(diagnosis);
        assertEquals(
                List.of(),
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(strictSchema())
                        .validate(json, InputFormat.JSON));
        String text = DoctorText.of(diagnosis);
        assertTrue(text.lines().noneMatch(line -> line.matches(".*\\bnull\\b.*") && !line.equals(path)), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 110 || line.contains("$")), text);
        assertTrue(text.lines().noneMatch(line -> line.endsWith(" ")), text);
    }

    /** Members that the schema does not name are allowed to readers, not to us. */
    private static String strictSchema() throws IOException {
        try (InputStream in = Doctor.class.getResourceAsStream("/io/pmemcheckj/rules/schema/doctor-1.0.schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"type\": \"object\",", "\"type\": \"object\", \"additionalProperties\": false,");
        }
    }

    @Test
    void ndctlTellsRegionsNamespacesAndHealth() throws IOException {
        PersistentMemory memory = examine(machine("three-modes"), "/").persistentMemory();
        assertEquals("ndctl", memory.source());
        assertEquals(List.of(), memory.remarks());
        assertEquals(
                List.of(
                        new Region("region0", "pmem", 270582939648L, 133143986176L, "cpu_cache", true, 0),
                        new Region("region1", "pmem", 135291469824L, 0L, "memory_controller", true, 0)),
                memory.regions());
        assertEquals(
                List.of(
                        namespace("namespace0.0", "fsdax", 67643637760L, "/dev/pmem0", "/mnt/pmem0"),
                        namespace("namespace0.1", "sector", 68650238976L, "/dev/pmem0.1s", "/mnt/with space"),
                        namespace("namespace1.0", "devdax", 133175443456L, "/dev/dax1.0")),
                memory.namespaces());
        assertEquals(
                List.of(new Dimm("nmem0", true, "ok", List.of()), new Dimm("nmem1", true, "ok", List.of())),
                memory.dimms());
        assertEquals(List.of(new DaxDevice("dax1.0", "devdax", 133175443456L, true, "region1")), memory.daxDevices());
    }

    private static Namespace namespace(String name, String mode, long size, String device, String... mounts) {
        return new Namespace(name, "region" + name.charAt(9), mode, size, device, true, 0, List.of(mounts));
    }

    @Test
    void sysfsTellsTheSameButHealth() throws IOException {
        RecordedMachine machine = machine("three-modes");
        PersistentMemory told = examine(machine, "/").persistentMemory();
        PersistentMemory read =
                examine(machine.without("ndctl").without("daxctl"), "/").persistentMemory();
        assertEquals("sysfs", read.source());
        assertEquals(told.regions(), read.regions());
        assertEquals(told.namespaces(), read.namespaces());
        assertEquals(told.daxDevices(), read.daxDevices());
        assertEquals(
                List.of("nmem0", "nmem1"), read.dimms().stream().map(Dimm::name).toList());
        assertTrue(read.dimms().stream().allMatch(dimm -> dimm.health() == null && !dimm.isIll()));
        assertEquals(3, read.remarks().size(), read.remarks().toString());
    }

    @Test
    void cachesThatPersistMakeItEadr() throws IOException {
        Diagnosis diagnosis = examine(machine("three-modes").withSyncBelow("/mnt/pmem0"), "/home/user/link/data.db");
        PathFacts path = diagnosis.path();
        assertEquals("/mnt/pmem0/data.db", path.real());
        assertEquals("file", path.kind());
        assertEquals("ext4", path.fileSystem());
        assertEquals("/mnt/pmem0", path.mountPoint());
        assertEquals("dax=always", path.daxOption());
        assertEquals(true, path.deviceOffersDax());
        assertEquals("region0", path.region());
        assertEquals("eadr", diagnosis.auto().domain());
        assertEquals(true, diagnosis.machine().eadr());
        assertFalse(missing(diagnosis).contains("MAP_SYNC"), missing(diagnosis));
    }

    @Test
    void anEmptyFileIsTriedBesideIt() throws IOException {
        MapSync trial = examine(machine("three-modes").withSyncBelow("/mnt/pmem0"), "/mnt/pmem0/empty.db")
                .path()
                .mapSync();
        assertEquals("works", trial.result());
        assertEquals("a trial beside it, as the file is empty", trial.triedWith());
    }

    @Test
    void sectorModeOffersNoDax() throws IOException {
        Diagnosis diagnosis = examine(machine("three-modes"), "/mnt/with space");
        assertEquals("xfs", diagnosis.path().fileSystem());
        assertEquals(false, diagnosis.path().deviceOffersDax());
        assertEquals("page-cache", diagnosis.auto().domain());
        assertTrue(
                commands(diagnosis)
                        .startsWith("umount '/mnt/with space'\nndctl create-namespace --force --reconfig=namespace0.1"),
                commands(diagnosis));
    }

    @Test
    void aReadOnlyMountHoldsNoNewData() throws IOException {
        Diagnosis folder = examine(machine("three-modes"), "/srv/ro");
        assertTrue(folder.path().readOnly());
        assertEquals("not-tried", folder.path().mapSync().result());
        assertNull(folder.auto().domain());
        assertTrue(missing(folder).contains("permission to write at /srv/ro"), missing(folder));
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/dax1.0, device-dax, region1, adr",
        "/dev/pmem0, block-device, region0,",
        "/dev/null, character-device,,"
    })
    void deviceNodes(String node, String kind, String region, String domain) throws IOException {
        Diagnosis diagnosis = examine(machine("three-modes"), node);
        assertEquals(kind, diagnosis.path().kind());
        assertEquals(region, diagnosis.path().region());
        assertEquals(domain, diagnosis.auto().domain());
        assertEquals("not-tried", diagnosis.path().mapSync().result());
    }

    @Test
    void whatIsIllIsSaidAndWhatToDo() throws IOException {
        Diagnosis diagnosis = examine(machine("ill"), "/mnt/data");
        PersistentMemory memory = diagnosis.persistentMemory();
        assertEquals("ndctl", memory.source());
        assertEquals("unknown", memory.regions().get(0).persistenceDomain());
        assertEquals("fsdax", memory.namespaces().get(0).mode(), "an older name of the mode");
        assertEquals(8, memory.namespaces().get(0).badBlocks());
        assertEquals(
                new Dimm(
                        "nmem0",
                        true,
                        "critical",
                        List.of("failed flush", "smart event", "alarm spares", "dirty shutdown")),
                memory.dimms().get(0));
        assertTrue(
                memory.remarks().get(0).contains("no health data"),
                memory.remarks().toString());
        assertEquals(
                """
                DAX at /mnt/data
                good memory: 8 bad blocks in namespace0.0
                a namespace in region1
                region3, which is disabled
                namespace2.0, which is disabled
                a sound memory module: nmem0, health critical, failed flush, smart event, alarm spares, dirty shutdown
                dax4.0, which the kernel uses as ordinary memory
                """.lines().sorted().toList(),
                missing(diagnosis)
                        .lines()
                        .filter(line -> !line.matches("lib.*|LLPL"))
                        .sorted()
                        .toList());
        for (String command : List.of(
                "mount -o dax /dev/pmem0 /mnt/data",
                "ndctl clear-errors namespace0.0",
                "ndctl create-namespace --mode=fsdax --region=region1",
                "ndctl enable-namespace namespace2.0",
                "ndctl enable-region region3",
                "daxctl reconfigure-device --force --mode=devdax dax4.0")) {
            assertTrue(commands(diagnosis).contains(command), command);
        }
    }

    @Test
    void unknownPersistenceDomainIsTakenAsAdr() throws IOException {
        AutoDomain auto =
                examine(machine("ill").withSyncBelow("/mnt"), "/mnt/data").auto();
        assertEquals("adr", auto.domain());
        assertTrue(auto.why().contains("region0 does not say"), auto.why());
    }

    @Test
    void aMachineWithoutAnything() throws IOException {
        Diagnosis diagnosis = examine(machine("bare"), "/home/user");
        assertEquals("none", diagnosis.persistentMemory().source());
        assertEquals(List.of(), diagnosis.persistentMemory().remarks());
        assertEquals(List.of("clflush"), diagnosis.machine().cpu().flushes());
        assertNull(diagnosis.machine().eadr());
        assertNull(diagnosis.machine().container());
        assertEquals(false, diagnosis.path().deviceOffersDax(), "that of the partition's disk");
        assertEquals("page-cache", diagnosis.auto().domain());
        assertTrue(diagnosis.software().stream().noneMatch(Software::found));
        assertTrue(commands(diagnosis).contains("--emulate-pmem=/home/user"), commands(diagnosis));
        assertTrue(
                commands(diagnosis)
                        .contains("apt install libpmem1 libpmem2 libpmemobj1 libpmempool1 libmemkind0 ndctl daxctl"),
                commands(diagnosis));
    }

    @Test
    void withoutATrialTheDeviceDecides() throws IOException {
        MapSync denied = MapSync.notTried("no file can be written there: permission denied");
        AutoDomain disk =
                examine(machine("bare").withTrial("/", denied), "/home/user").auto();
        assertEquals("page-cache", disk.domain());
        assertNull(examine(
                        RecordedMachine.load("three-modes", root.resolve("other"))
                                .withTrial("/", denied),
                        "/mnt/pmem0")
                .auto()
                .domain());
    }

    @Test
    void theKernelsOwnFilesAndMemoryAreNoPlaceForData() throws IOException {
        RecordedMachine machine = machine("bare");
        Diagnosis proc = examine(machine, "/proc/cpuinfo");
        assertNull(proc.auto().domain());
        assertEquals("not-tried", proc.path().mapSync().result());
        AutoDomain shm = examine(machine, "/dev/shm").auto();
        assertEquals("page-cache", shm.domain());
        assertTrue(shm.why().contains("gone at power-off"), shm.why());
    }

    @Test
    void pmdksOwnSimulationIsSaid() throws IOException {
        AutoDomain auto = examine(machine("bare").withVariable("PMEM_IS_PMEM_FORCE", "1"), "/home/user")
                .auto();
        assertTrue(auto.otherwise().toString().contains("as PMEM_IS_PMEM_FORCE=1 is set: adr"), auto.toString());
    }

    @Test
    void aContainerLacksNodes() throws IOException {
        Diagnosis diagnosis = examine(machine("container").withSyncBelow("/data"), "/data");
        assertEquals("docker (/.dockerenv exists)", diagnosis.machine().container());
        assertEquals(
                List.of("/dev/pmem0", "/dev/dax1.0", "/dev/ndctl0"),
                diagnosis.machine().missingDeviceNodes());
        assertTrue(
                commands(diagnosis)
                        .contains("docker run --device=/dev/pmem0 --device=/dev/dax1.0 --device=/dev/ndctl0 IMAGE"),
                commands(diagnosis));
        assertEquals("adr", diagnosis.auto().domain());
        PersistentMemory memory = diagnosis.persistentMemory();
        assertEquals("sysfs", memory.source());
        assertEquals(List.of("ndctl: no answer within 5 seconds", "daxctl: it printed no JSON"), memory.remarks());
        assertEquals("system-ram", memory.daxDevices().get(1).mode());
        assertNull(memory.daxDevices().get(0).region());
    }

    @Test
    void daxWithoutMapSyncIsAFileToBeForced() throws IOException {
        Diagnosis diagnosis = examine(machine("container"), "/data");
        assertEquals("page-cache", diagnosis.auto().domain());
        assertTrue(missing(diagnosis).contains("MAP_SYNC at /data"), missing(diagnosis));
        assertFalse(commands(diagnosis).contains("mount -o dax"), commands(diagnosis));
    }

    @Test
    void toolsThatGiveNoVersion() throws IOException {
        RecordedMachine machine = machine("bare");
        machine.add("$ ndctl --version = { garbage");
        machine.add("$ daxctl ! hangs");
        List<Software> tools = examine(machine, "/").software().subList(6, 8);
        assertEquals(new Software("ndctl", "tool", true, null, null, null), tools.get(0));
        assertEquals(new Software("daxctl", "tool", true, null, null, "no answer within 5 seconds"), tools.get(1));
    }

    @Test
    void aBlockDeviceNamesItsMounts() throws IOException {
        String why = examine(machine("three-modes"), "/dev/pmem0").auto().why();
        assertTrue(why.endsWith("it is mounted at /mnt/pmem0"), why);
    }

    @Test
    void anOverlayOffersNoDax() throws IOException {
        assertEquals("page-cache", examine(machine("container"), "/app").auto().domain());
    }

    @Test
    void podmanAndControlGroupsAreContainersToo() throws IOException {
        RecordedMachine machine = machine("bare");
        assertEquals(
                "lxc (environment variable container)",
                new HostReader(machine.withVariable("container", "lxc")).container());
        machine.withVariable("container", null);
        machine.add("proc/1/cgroup = 12:cpuset:/kubepods/burstable/pod0");
        assertEquals("kubepods (/proc/1/cgroup)", new HostReader(machine).container());
        machine.add("run/.containerenv");
        assertEquals("podman (/run/.containerenv exists)", new HostReader(machine).container());
    }

    @Test
    void librariesAreFoundWhereTheLoaderFindsThem() throws IOException {
        RecordedMachine machine = machine("three-modes").withVariable("LD_LIBRARY_PATH", "relative:/opt/lib");
        machine.add("opt/lib/libpmem2.so.1");
        String found = examine(machine, "/").software().stream()
                .map(one -> String.join(" ", one.name(), String.valueOf(one.version()), String.valueOf(one.file())))
                .collect(Collectors.joining("\n"));
        assertEquals("""
                libpmem 1.13.1 /usr/lib/x86_64-linux-gnu/libpmem.so.1
                libpmem2 interface 1 /opt/lib/libpmem2.so.1
                libpmemobj 1.13.1 /usr/lib/x86_64-linux-gnu/libpmemobj.so.1
                libpmempool interface 1 /usr/lib/x86_64-linux-gnu/libpmempool.so.1
                memkind interface 0.0.1 /usr/local/lib/libmemkind.so.0
                LLPL 1.2.0-release /home/user/.m2/repository/com/intel/pmem/llpl/1.2.0-release/llpl-1.2.0-release.jar
                ndctl 77 null
                daxctl 77 null""", found);
    }

    @Test
    void llplOfTheClassPathComesFirstAndNeedsTwoLibraries() throws IOException {
        RecordedMachine machine = machine("ill");
        machine.add("app/lib/llpl-1.2.0-custom.jar");
        Software llpl = new SoftwareReader(machine)
                .read("/app/none.jar:/app/classes:/app/lib/*").stream()
                        .filter(one -> one.name().equals("LLPL"))
                        .findFirst()
                        .orElseThrow();
        assertEquals("/app/lib/llpl-1.2.0-custom.jar", llpl.file());
        assertEquals("1.2.0-custom", llpl.version());
        assertEquals("cannot be loaded without libpmemobj and libpmempool", llpl.remark());
    }

    @Test
    void rpmKnowsVersionsToo() throws IOException {
        Software libpmem = new SoftwareReader(machine("ill")).read(null).get(0);
        assertEquals("1.12.1", libpmem.version());
    }

    @Test
    void cxlMemoryIsNoNvdimm() throws IOException {
        RecordedMachine machine = machine("three-modes");
        machine.add("sys/devices/platform/ACPI0017:00/root0/decoder0.0/region0/dax_region0/dax0.0/size = 4096");
        machine.add(
                "sys/dev/char/252:9 -> /sys/devices/platform/ACPI0017:00/root0/decoder0.0/region0/dax_region0/dax0.0");
        machine.add("dev/dax0.0 char 252:9");
        Diagnosis diagnosis = examine(machine, "/dev/dax0.0");
        assertEquals("device-dax", diagnosis.path().kind());
        assertNull(diagnosis.path().region());
        assertEquals("adr", diagnosis.auto().domain());
    }

    @Test
    void anUnsupportedJvmIsSaid() throws IOException {
        Diagnosis diagnosis =
                new Doctor(machine("bare"), "1.0.0", new JavaFacts("11.0.2", "/jdk", false)).examine("/", null);
        assertTrue(missing(diagnosis).contains("this is Java 11.0.2"), missing(diagnosis));
        assertTrue(DoctorText.of(diagnosis).contains("not supported"));
    }

    @Test
    void nothingThereIsAnError() {
        assertThrows(NoSuchFileException.class, () -> examine(machine("bare"), "/no/such/file"));
    }

    private static String missing(Diagnosis diagnosis) {
        return diagnosis.advice().stream().map(Diagnosis.Advice::missing).collect(Collectors.joining("\n"));
    }

    private static String commands(Diagnosis diagnosis) {
        return diagnosis.advice().stream()
                .flatMap(advice -> advice.commands().stream())
                .collect(Collectors.joining("\n"));
    }
}
