package io.pmemcheckj.cli.doctor;

import java.util.List;

/**
 * A library or tool that programs on persistent memory use.
 *
 * @param soname what the loader looks for; null for a tool
 * @param pkgConfig name of its pkg-config file
 * @param apt package of Debian and Ubuntu
 * @param dnf package of Fedora and its kin
 */
record KnownSoftware(String name, String soname, String pkgConfig, String apt, String dnf) {
    static final List<KnownSoftware> LIBRARIES = List.of(
            new KnownSoftware("libpmem", "libpmem.so.1", "libpmem", "libpmem1", "libpmem"),
            new KnownSoftware("libpmem2", "libpmem2.so.1", "libpmem2", "libpmem2", "libpmem2"),
            new KnownSoftware("libpmemobj", "libpmemobj.so.1", "libpmemobj", "libpmemobj1", "libpmemobj"),
            new KnownSoftware("libpmempool", "libpmempool.so.1", "libpmempool", "libpmempool1", "libpmempool"),
            new KnownSoftware("memkind", "libmemkind.so.0", "memkind", "libmemkind0", "memkind"));

    static final List<KnownSoftware> TOOLS = List.of(
            new KnownSoftware("ndctl", null, null, "ndctl", "ndctl"),
            new KnownSoftware("daxctl", null, null, "daxctl", "daxctl"));

    static List<String> aptNames(List<KnownSoftware> software) {
        return software.stream().map(KnownSoftware::apt).toList();
    }

    static List<String> dnfNames(List<KnownSoftware> software) {
        return software.stream().map(KnownSoftware::dnf).toList();
    }
}
