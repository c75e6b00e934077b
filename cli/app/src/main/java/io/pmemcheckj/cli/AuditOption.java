package io.pmemcheckj.cli;

import io.pmemcheckj.trace.TeeVisitor;
import io.pmemcheckj.trace.TraceVisitor;
import io.pmemcheckj.trace.audit.Auditor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The audit of {@code --audit}, or nothing where the option is not given. */
final class AuditOption implements AutoCloseable {
    static final AuditOption NONE = new AuditOption(List.of());

    private final List<Path> scratch;
    private Auditor auditor;

    private AuditOption(List<Path> scratch) {
        this.scratch = scratch;
    }

    /** @param reportFolder one of the places for copies, besides the working directory and the temporary folder */
    static AuditOption in(Path reportFolder) {
        Set<Path> folders = new LinkedHashSet<>();
        for (Path folder : List.of(Path.of(System.getProperty("java.io.tmpdir")), reportFolder, Path.of(""))) {
            Path absolute = folder.toAbsolutePath();
            if (Files.isWritable(absolute)) {
                folders.add(absolute);
            }
        }
        return new AuditOption(new ArrayList<>(folders));
    }

    /** What hears of the events, and of what the audit finds. */
    TraceVisitor before(TraceVisitor visitor) {
        if (scratch.isEmpty()) {
            return visitor;
        }
        auditor = new Auditor(visitor, scratch);
        return new TeeVisitor(List.of(auditor, visitor));
    }

    @Override
    public void close() {
        if (auditor != null) {
            auditor.close();
        }
    }
}
