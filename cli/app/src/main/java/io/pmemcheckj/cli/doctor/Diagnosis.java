package io.pmemcheckj.cli.doctor;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What doctor found. The records are the JSON output as they stand; its schema says what each member means
 * ({@code rules/schema/doctor-1.0.schema.json}).
 */
public record Diagnosis(
        String schemaVersion,
        Tool tool,
        Host machine,
        PersistentMemory persistentMemory,
        PathFacts path,
        AutoDomain auto,
        List<Software> software,
        List<Advice> advice) {

    static final String SCHEMA_VERSION = "1.0";

    public record Tool(String name, String version) {}

    /**
     * @param eadr whether CPU caches persist: null where nothing on the machine says
     * @param container what makes it look like a container; null when nothing does
     * @param missingDeviceNodes devices that the kernel has and {@code /dev} has not
     */
    public record Host(
            String kernel, Cpu cpu, Boolean eadr, JavaFacts java, String container, List<String> missingDeviceNodes) {}

    /** @param flushes those of clwb, clflushopt and clflush that it has, the best first */
    public record Cpu(String model, List<String> flushes) {}

    /** @param supported whether programs can be traced on it */
    public record JavaFacts(String version, String home, boolean supported) {}

    /**
     * @param source {@code ndctl}, {@code sysfs}, or {@code none} where the kernel knows of no such devices
     * @param remarks what could not be seen, and why
     */
    public record PersistentMemory(
            String source,
            List<String> remarks,
            List<Region> regions,
            List<Namespace> namespaces,
            List<Dimm> dimms,
            List<DaxDevice> daxDevices) {}

    /**
     * @param size bytes; null when not known, as all numbers here
     * @param persistenceDomain {@code cpu_cache}, {@code memory_controller} or {@code unknown}
     */
    public record Region(
            String name,
            String type,
            Long size,
            Long availableSize,
            String persistenceDomain,
            boolean enabled,
            long badBlocks) {}

    /**
     * @param mode {@code fsdax}, {@code devdax}, {@code sector}, {@code raw} or {@code unknown}
     * @param device its node in {@code /dev}; null when it has none
     * @param mountPoints where its file system is mounted
     */
    public record Namespace(
            String name,
            String region,
            String mode,
            Long size,
            String device,
            boolean enabled,
            long badBlocks,
            List<String> mountPoints) {

        Namespace mountedAt(List<String> points) {
            return new Namespace(name, region, mode, size, device, enabled, badBlocks, points);
        }
    }

    /**
     * @param health the state that the module reports; null when it could not be read
     * @param alarms what is wrong with it
     */
    public record Dimm(String name, boolean enabled, String health, List<String> alarms) {

        @JsonIgnore
        boolean isIll() {
            return !alarms.isEmpty() || (health != null && !health.equals("ok") && !health.equals("unknown"));
        }
    }

    /**
     * @param mode {@code devdax}, or {@code system-ram} where the kernel uses it as ordinary memory
     * @param region the NVDIMM region it is part of; null when it is no NVDIMM
     */
    public record DaxDevice(String name, String mode, Long size, boolean enabled, String region) {}

    /**
     * @param real with symbolic links resolved
     * @param kind {@code file}, {@code folder}, {@code block-device}, {@code device-dax}, {@code character-device} or
     *     {@code other}
     * @param device what is mounted there, as the mount table names it
     * @param deviceOffersDax null when not known
     * @param region the NVDIMM region behind it; null when there is none
     */
    public record PathFacts(
            String path,
            String real,
            String kind,
            String fileSystem,
            String device,
            String mountPoint,
            List<String> mountOptions,
            boolean readOnly,
            boolean writable,
            String daxOption,
            Boolean deviceOffersDax,
            String region,
            MapSync mapSync) {

        @JsonIgnore
        boolean isData() {
            return kind.equals("file") || kind.equals("folder");
        }
    }

    /**
     * @param domain {@code adr}, {@code eadr} or {@code page-cache}; null when there is nothing to choose or it is not known
     * @param otherwise where the choice would be another one
     */
    public record AutoDomain(String domain, String why, List<String> otherwise) {}

    /**
     * @param kind {@code library}, {@code jar} or {@code tool}
     * @param version null when not known
     * @param file null when not found, or found by the PATH
     * @param remark what else it needs; null when nothing
     */
    public record Software(String name, String kind, boolean found, String version, String file, String remark) {}

    /**
     * @param commands for the user to run; those that erase data say so in the text
     */
    public record Advice(String missing, @JsonProperty("do") String todo, List<String> commands) {

        static Advice of(String missing, String todo, String... commands) {
            return new Advice(missing, todo, List.of(commands));
        }
    }
}
