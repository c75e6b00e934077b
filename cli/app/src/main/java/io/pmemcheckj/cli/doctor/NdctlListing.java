package io.pmemcheckj.cli.doctor;

import io.pmemcheckj.cli.doctor.Diagnosis.DaxDevice;
import io.pmemcheckj.cli.doctor.Diagnosis.Dimm;
import io.pmemcheckj.cli.doctor.Diagnosis.Namespace;
import io.pmemcheckj.cli.doctor.Diagnosis.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code ndctl list} or {@code daxctl list} printed. Both nest their objects in as many ways as they have options and
 * versions, and leave out the brackets around a single one; so an object is known by the name of its device, wherever it
 * stands.
 */
final class NdctlListing {
    private static final Pattern NAMESPACE = Pattern.compile("namespace(\\d+)\\.\\d+");

    private final List<Region> regions = new ArrayList<>();
    private final List<Namespace> namespaces = new ArrayList<>();
    private final List<Dimm> dimms = new ArrayList<>();
    private final List<DaxDevice> daxDevices = new ArrayList<>();
    private final PersistenceDomains domains;

    private NdctlListing(PersistenceDomains domains) {
        this.domains = domains;
    }

    /** Null when the text is no JSON. No text at all is a listing of nothing. */
    static NdctlListing parse(String text, PersistenceDomains domains) {
        NdctlListing listing = new NdctlListing(domains);
        if (!text.isBlank()) {
            try {
                JsonNode root = new JsonMapper().readTree(text);
                if (!root.isContainer()) {
                    return null;
                }
                listing.visit(root);
            } catch (JacksonException e) {
                return null;
            }
        }
        return listing;
    }

    List<Region> regions() {
        return regions;
    }

    List<Namespace> namespaces() {
        return namespaces;
    }

    List<Dimm> dimms() {
        return dimms;
    }

    List<DaxDevice> daxDevices() {
        return daxDevices;
    }

    private void visit(JsonNode node) {
        String device = text(node, "dev", "");
        Matcher namespace = NAMESPACE.matcher(device);
        if (device.startsWith("region")) {
            regions.add(region(device, node));
        } else if (device.startsWith("nmem")) {
            dimms.add(dimm(device, node));
        } else if (namespace.matches() && isConfigured(node)) {
            namespaces.add(namespace(device, "region" + namespace.group(1), node));
        } else if (device.isEmpty() && node.has("chardev")) {
            daxDevices.add(daxDevice(node));
        }
        node.forEach(this::visit);
    }

    /** With {@code -i} each region has a namespace of no size: what the next one will be made of. */
    private static boolean isConfigured(JsonNode node) {
        Long size = number(node, "size");
        return isEnabled(node) || size != null && size > 0;
    }

    private Region region(String name, JsonNode node) {
        return new Region(
                name,
                text(node, "type", null),
                number(node, "size"),
                number(node, "available_size"),
                // Versions before 61 do not print it.
                text(node, "persistence_domain", domains.of(name)),
                isEnabled(node),
                node.path("badblock_count").asLong(0));
    }

    private static Namespace namespace(String name, String region, JsonNode node) {
        String block = text(node, "blockdev", null);
        String device = block == null ? text(node, "chardev", null) : block;
        return new Namespace(
                name,
                region,
                mode(text(node, "mode", "unknown")),
                number(node, "size"),
                device == null ? null : "/dev/" + device,
                isEnabled(node),
                node.path("badblock_count").asLong(0),
                List.of());
    }

    /** The names of today, for those of the kernel and of ndctl before version 59. */
    static String mode(String mode) {
        return switch (mode) {
            case "memory" -> "fsdax";
            case "dax" -> "devdax";
            case "safe" -> "sector";
            case "fsdax", "devdax", "sector", "raw" -> mode;
            default -> "unknown";
        };
    }

    private static Dimm dimm(String name, JsonNode node) {
        List<String> alarms = new ArrayList<>();
        addAlarms(alarms, node, "flag_");
        JsonNode health = node.path("health");
        addAlarms(alarms, health, "alarm_");
        if (text(health, "shutdown_state", "clean").equals("dirty")) {
            alarms.add("dirty shutdown");
        }
        return new Dimm(name, isEnabled(node), text(health, "health_state", null), alarms);
    }

    private static void addAlarms(List<String> alarms, JsonNode node, String prefix) {
        node.forEachEntry((key, value) -> {
            if (key.startsWith(prefix) && value.asBoolean(false)) {
                alarms.add(key.replace("flag_", "").replace('_', ' '));
            }
        });
    }

    private DaxDevice daxDevice(JsonNode node) {
        String name = text(node, "chardev", "");
        return new DaxDevice(
                name,
                text(node, "mode", "unknown"),
                number(node, "size"),
                isEnabled(node),
                domains.regionOf("/sys/bus/dax/devices/" + name).orElse(null));
    }

    private static boolean isEnabled(JsonNode node) {
        return !text(node, "state", "").equals("disabled");
    }

    private static String text(JsonNode node, String key, String otherwise) {
        JsonNode value = node.path(key);
        return value.isString() ? value.asString() : otherwise;
    }

    private static Long number(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isIntegralNumber() ? value.asLong() : null;
    }
}
