package io.pmemcheckj.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads an imitation of sysfs, laid out as on a machine with persistent memory. */
class PmemDeviceTest {
    private static final long PMEM0P1 = 259 << 8 | 1; // major and minor number

    @TempDir
    private Path sysfs;

    private void device(String kind, String number, String folder) throws Exception {
        Path device = Files.createDirectories(sysfs.resolve("devices/ndbus0/" + folder));
        Files.createSymbolicLink(
                Files.createDirectories(sysfs.resolve("dev/" + kind)).resolve(number), device);
    }

    private void domain(String region, String domain) throws Exception {
        Path folder = Files.createDirectories(sysfs.resolve("devices/ndbus0/" + region));
        Files.writeString(folder.resolve("persistence_domain"), domain + "\n");
    }

    private boolean hasCpuCaches(String path, long fileSystem) {
        return PmemDevice.of(sysfs.toString(), path, fileSystem).cachesPersist;
    }

    @ParameterizedTest
    @CsvSource({"cpu_cache, true", "memory_controller, false", "'', false"})
    void theRegionOfTheDeviceSaysIt(String domain, boolean expected) throws Exception {
        domain("region0", domain);
        device("block", "259:1", "region0/namespace0.0/block/pmem0/pmem0p1");

        assertEquals(expected, hasCpuCaches("/pm/file", PMEM0P1));
    }

    @Test
    void eachDeviceHasARegionOfItsOwn() throws Exception {
        domain("region0", "memory_controller");
        domain("region1", "cpu_cache");
        device("block", "259:0", "region0/namespace0.0/block/pmem0");
        device("block", "259:4660", "region1/namespace1.0/block/pmem1"); // more than a byte

        assertFalse(hasCpuCaches("/pm/file", 259 << 8));
        assertTrue(hasCpuCaches("/pm/file", 259 << 8 | 4660 & 0xff | (4660 & ~0xffL) << 12));
    }

    @Test
    void characterDevicesAreLookedForByTheirOwnNumber() throws Exception {
        domain("region0", "cpu_cache");
        device("block", "259:1", "region0/namespace0.0/block/pmem0");

        assertFalse(hasCpuCaches("/dev/dax-that-is-not-there", PMEM0P1));
    }

    @Test
    void ordinaryDisksAreInNoRegion() throws Exception {
        device("block", "8:1", "block/sda/sda1");

        assertFalse(hasCpuCaches("/file", 8 << 8 | 1));
        assertFalse(hasCpuCaches("/file", 8 << 8 | 2));
    }

    @Test
    void thePartsOfADiskOfferWhatItOffers() throws Exception {
        device("block", "259:0", "region0/namespace0.0/block/pmem0");
        device("block", "259:1", "region0/namespace0.0/block/pmem0/pmem0p1");
        device("block", "8:0", "block/sda");
        Path queue = Files.createDirectories(sysfs.resolve("devices/ndbus0/region0/namespace0.0/block/pmem0/queue"));
        Files.writeString(queue.resolve("dax"), "1\n");
        Path disk = Files.createDirectories(sysfs.resolve("devices/ndbus0/block/sda/queue"));
        Files.writeString(disk.resolve("dax"), "0\n");

        assertTrue(PmemDevice.of(sysfs.toString(), "/pm/file", 259 << 8).offersDax);
        assertTrue(PmemDevice.of(sysfs.toString(), "/pm/file", PMEM0P1).offersDax);
        assertFalse(PmemDevice.of(sysfs.toString(), "/file", 8 << 8).offersDax);
        assertFalse(PmemDevice.of(sysfs.toString(), "/file", 1).offersDax);
    }
}
