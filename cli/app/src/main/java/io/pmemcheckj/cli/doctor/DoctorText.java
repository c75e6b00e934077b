package io.pmemcheckj.cli.doctor;

import io.pmemcheckj.cli.doctor.Diagnosis.Advice;
import io.pmemcheckj.cli.doctor.Diagnosis.AutoDomain;
import io.pmemcheckj.cli.doctor.Diagnosis.DaxDevice;
import io.pmemcheckj.cli.doctor.Diagnosis.Dimm;
import io.pmemcheckj.cli.doctor.Diagnosis.Host;
import io.pmemcheckj.cli.doctor.Diagnosis.Namespace;
import io.pmemcheckj.cli.doctor.Diagnosis.PathFacts;
import io.pmemcheckj.cli.doctor.Diagnosis.PersistentMemory;
import io.pmemcheckj.cli.doctor.Diagnosis.Region;
import io.pmemcheckj.cli.doctor.Diagnosis.Software;
import io.pmemcheckj.report.Printable;
import io.pmemcheckj.report.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The diagnosis for people: the machine, the path, what is installed, and what to do next. */
public final class DoctorText {
    private static final int WIDTH = 110;
    private static final int LABEL = 20;

    private final StringBuilder text = new StringBuilder();

    private DoctorText() {}

    public static String of(Diagnosis diagnosis) {
        DoctorText page = new DoctorText();
        page.machine(diagnosis.machine());
        page.memory(diagnosis.persistentMemory());
        page.path(diagnosis);
        page.software(diagnosis.software());
        page.advice(diagnosis.advice());
        return page.text.toString();
    }

    private void title(String title) {
        text.append(text.isEmpty() ? "" : "\n").append(Printable.of(title)).append('\n');
    }

    private void line(String label, String value) {
        String start = "  " + Printable.of(label) + " ".repeat(Math.max(1, LABEL - 2 - label.length()));
        wrap(start, " ".repeat(LABEL), value == null ? "not known" : value);
    }

    /** Breaks at spaces; a word that is too long stands out. */
    private void wrap(String start, String indent, String value) {
        StringBuilder line = new StringBuilder(start);
        int empty = start.length();
        for (String word : Printable.of(value).split(" ")) {
            if (line.length() > empty && line.length() + 1 + word.length() > WIDTH) {
                text.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(indent);
                empty = indent.length();
            }
            line.append(line.length() > empty ? " " : "").append(word);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private void machine(Host host) {
        title("Machine");
        line("kernel", host.kernel());
        List<String> flushes = host.cpu().flushes();
        line(
                "CPU",
                (host.cpu().model() == null ? "model not known" : host.cpu().model()) + ", "
                        + (flushes.isEmpty()
                                ? "no flush instruction known"
                                : "flushes cache lines by " + String.join(", ", flushes)));
        line("eADR", eadr(host.eadr()));
        line(
                "Java",
                host.java().version() + " (" + host.java().home() + "), "
                        + (host.java().supported() ? "supported" : "not supported: programs are traced on 17 to 25"));
        line("container", host.container() == null ? "no sign of one" : host.container());
        if (!host.missingDeviceNodes().isEmpty()) {
            line("device nodes", "missing: " + String.join(", ", host.missingDeviceNodes()));
        }
    }

    private static String eadr(Boolean persist) {
        if (persist == null) {
            return "not visible: no CPU flag tells whether CPU caches persist, only an NVDIMM region can";
        }
        return persist ? "yes, a region says that CPU caches persist" : "no region says that CPU caches persist";
    }

    private void memory(PersistentMemory memory) {
        if (memory.source().equals("none")) {
            title("Persistent memory");
            line("none", "the kernel has no NVDIMM region and no dax device");
            return;
        }
        title("Persistent memory (from " + memory.source() + ")");
        for (Region region : memory.regions()) {
            region(region);
            memory.namespaces().stream()
                    .filter(namespace -> namespace.region().equals(region.name()))
                    .forEach(this::namespace);
        }
        memory.dimms().forEach(this::dimm);
        memory.daxDevices().forEach(this::daxDevice);
        memory.remarks().forEach(remark -> line("not seen", remark));
    }

    private void region(Region region) {
        line(
                region.name(),
                listed(
                        region.type(),
                        size(region.size()),
                        region.availableSize() == null || region.availableSize() == 0
                                ? null
                                : size(region.availableSize()) + " of it free",
                        "persistence domain " + region.persistenceDomain(),
                        region.enabled() ? null : "DISABLED",
                        badBlocks(region.badBlocks())));
    }

    private void namespace(Namespace namespace) {
        line(
                "  " + namespace.name(),
                listed(
                        namespace.mode(),
                        size(namespace.size()),
                        namespace.device(),
                        namespace.mountPoints().isEmpty()
                                ? null
                                : "mounted at " + String.join(", ", namespace.mountPoints()),
                        namespace.enabled() ? null : "DISABLED",
                        badBlocks(namespace.badBlocks())));
    }

    private void dimm(Dimm dimm) {
        line(
                dimm.name(),
                listed(
                        "memory module",
                        dimm.health() == null ? "health not known" : "health " + dimm.health(),
                        dimm.enabled() ? null : "DISABLED",
                        dimm.alarms().isEmpty() ? null : String.join(", ", dimm.alarms())));
    }

    private void daxDevice(DaxDevice device) {
        line(
                device.name(),
                listed(
                        "dax device",
                        device.mode(),
                        size(device.size()),
                        device.region() == null ? "no NVDIMM" : "of " + device.region(),
                        device.enabled() ? null : "DISABLED"));
    }

    private void path(Diagnosis diagnosis) {
        PathFacts path = diagnosis.path();
        title(path.path() + (path.path().equals(path.real()) ? "" : ", which is " + path.real()));
        line("kind", kind(path) + access(path));
        if (path.isData()) {
            line(
                    "file system",
                    path.fileSystem() == null
                            ? null
                            : path.fileSystem() + " on " + path.device() + ", mounted at " + path.mountPoint());
            line("mount options", options(path));
            line("DAX", dax(path));
            line("MAP_SYNC", mapSync(path.mapSync()));
        } else if (path.region() != null) {
            line("region", path.region());
        }
        domain(diagnosis.auto());
    }

    private void domain(AutoDomain auto) {
        String unknown = auto.otherwise().isEmpty() ? "nothing to choose" : "not known";
        line("--domain auto", (auto.domain() == null ? unknown : auto.domain()) + ": " + auto.why());
        auto.otherwise().forEach(other -> line("", other));
    }

    /** Long values are cut: an overlay lists the folders of all its layers. */
    private static String options(PathFacts path) {
        return path.mountOptions().stream()
                .map(option -> option.length() > 40 ? option.replaceFirst("=.*", "=…") : option)
                .collect(Collectors.joining(", "));
    }

    private static String kind(PathFacts path) {
        return path.kind().equals("device-dax")
                ? "device-DAX node"
                : path.kind().replace('-', ' ');
    }

    private static String access(PathFacts path) {
        if (path.writable() || !path.isData()) {
            return "";
        }
        return path.readOnly() ? ", on a file system mounted read-only" : ", not writable by this user";
    }

    private static String dax(PathFacts path) {
        String option = path.daxOption() == null ? "no mount option for it" : "mount option " + path.daxOption();
        if (path.deviceOffersDax() == null) {
            return option;
        }
        String region = path.region() == null ? "" : " (" + path.region() + ")";
        return option + "; the device offers " + (path.deviceOffersDax() ? "it" : "none") + region;
    }

    private static String mapSync(MapSync trial) {
        return switch (trial.result()) {
            case "works" -> "works (tried with " + trial.triedWith() + ")";
            case "refused" -> "refused: " + trial.reason() + " (tried with " + trial.triedWith() + ")";
            case "not-mappable" -> "no map works: " + trial.reason() + " (tried with " + trial.triedWith() + ")";
            default -> "not tried: " + trial.reason();
        };
    }

    private void software(List<Software> software) {
        title("Software");
        for (Software one : software) {
            line(one.name(), one.found() ? found(one) : "not found");
        }
    }

    private static String found(Software one) {
        return listed(one.version() == null ? "version not known" : one.version(), one.remark(), one.file());
    }

    private void advice(List<Advice> advice) {
        if (advice.isEmpty()) {
            return;
        }
        title("What is missing, and what to do");
        int number = 1;
        for (Advice one : advice) {
            String start = String.format("  %2d  ", number++);
            String indent = " ".repeat(start.length());
            wrap(start, indent, one.missing());
            wrap(indent, indent, one.todo());
            one.commands()
                    .forEach(command -> text.append(indent)
                            .append("  $ ")
                            .append(Printable.of(command))
                            .append('\n'));
        }
    }

    private static String size(Long bytes) {
        return bytes == null ? null : Wording.size(bytes);
    }

    private static String badBlocks(long count) {
        return count == 0 ? null : "BAD BLOCKS: " + count;
    }

    /** With commas between those that there are. */
    private static String listed(String... parts) {
        List<String> present =
                new ArrayList<>(Stream.of(parts).filter(part -> part != null).toList());
        return String.join(", ", present);
    }
}
